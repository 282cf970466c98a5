//! Pages are read back as any reader would.
