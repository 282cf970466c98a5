//! The regions of `--region`.

use crate::model::Region;

/// `--region PH,SG`
#[derive(clap::Args)]
pub(super) struct Regions {
    /// Countries whose national forms (phone numbers) count without context, most important first, such as PH,SG
    #[arg(long = "region", value_name = "CC", value_delimiter = ',')]
    pub regions: Vec<Region>,
}
