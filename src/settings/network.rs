//! Ranges of IP addresses in the notation of RFC 4632 and RFC 4291: an address, or an address, `/` and the length of its prefix.

use std::net::IpAddr;
use std::str::FromStr;

/// A range of addresses of one version; IPv4 in IPv6 is IPv4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Network {
    first: IpAddr,
    prefix_bits: u32,
}

/// Why a text is no range. It never quotes the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Form,
    /// Bits behind the prefix are set: the range was probably not thought through.
    HostBits,
}

impl Network {
    /// Whether an address is in the range.
    pub(super) fn holds(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.first.is_ipv4() && masked(address, self.prefix_bits) == self.first
    }
}

impl FromStr for Network {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let written: IpAddr = address.parse().map_err(|_| Wrong::Form)?;
        let all = |address: IpAddr| if address.is_ipv4() { 32 } else { 128 };
        // `u32` would take a plus sign.
        let digits = |length: &&str| (1..=3).contains(&length.len()) && length.bytes().all(|b| b.is_ascii_digit());
        let mut prefix_bits = match length {
            Some(length) => Some(length).filter(digits).and_then(|length| length.parse().ok()).ok_or(Wrong::Form)?,
            None => all(written),
        };
        if prefix_bits > all(written) {
            return Err(Wrong::Form);
        }
        let mut first = written;
        if written.to_canonical() != written && prefix_bits >= 96 {
            (first, prefix_bits) = (written.to_canonical(), prefix_bits - 96);
        }
        if masked(first, prefix_bits) != first {
            return Err(Wrong::HostBits);
        }
        Ok(Self { first, prefix_bits })
    }
}

/// An address with the bits behind its prefix taken away.
fn masked(address: IpAddr, prefix_bits: u32) -> IpAddr {
    match address {
        IpAddr::V4(v4) => IpAddr::V4((v4.to_bits() & u32::MAX.checked_shl(32 - prefix_bits).unwrap_or(0)).into()),
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & u128::MAX.checked_shl(128 - prefix_bits).unwrap_or(0)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(network: &str, address: &str) -> bool {
        network.parse::<Network>().unwrap().holds(address.parse().unwrap())
    }

    #[test]
    fn holds_the_addresses_of_its_prefix() {
        assert!(holds("192.0.2.0/24", "192.0.2.255") && !holds("192.0.2.0/24", "192.0.3.0"));
        assert!(holds("192.0.2.7", "192.0.2.7") && !holds("192.0.2.7", "192.0.2.8"));
        assert!(holds("0.0.0.0/0", "203.0.113.9") && !holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("2001:db8::/32", "2001:db8:ffff::1") && !holds("2001:db8::/32", "2001:db9::"));
        assert!(holds("::/0", "2001:db8::1") && !holds("::/0", "192.0.2.1"));
        assert!(holds("::ffff:192.0.2.0/120", "192.0.2.9") && holds("192.0.2.0/24", "::ffff:192.0.2.9"));
    }

    #[test]
    fn refuses_what_is_no_range() {
        for wrong in
            ["", "192.0.2", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/+8", "2001:db8::/129", "a/8", "192.0.2.0/24/8", "192.0.2.0/0008"]
        {
            assert_eq!(wrong.parse::<Network>(), Err(Wrong::Form), "{wrong}");
        }
        for wrong in ["192.0.2.1/24", "2001:db8::1/32", "::ffff:192.0.2.1/120"] {
            assert_eq!(wrong.parse::<Network>(), Err(Wrong::HostBits), "{wrong}");
        }
    }
}
