//! Plans carried out in SQL dumps.
