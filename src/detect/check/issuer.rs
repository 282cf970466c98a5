//! Card issuers: which prefixes and lengths payment card numbers have (ISO/IEC 7812-1), and which numbers are published
//! for tests.
//!
//! In come digit values, out goes the row of the scheme that issues them. The official table of ISO is not public; each
//! row names who publishes its range, but the rows were not compared with those documents. Whether a number was really
//! issued can not be told from it.

/// A range of prefixes of one scheme.
#[derive(Debug)]
pub struct Issuer {
    /// Name of the scheme.
    #[cfg_attr(not(test), expect(dead_code, reason = "it is there for the reader and for the tests"))]
    pub name: &'static str,
    /// First and last prefix, as six digits.
    prefixes: (u32, u32),
    /// Bit n is set where numbers of n digits exist.
    lengths: u32,
    /// Hundredths that this range adds: the narrower the range and the commoner the scheme, the more.
    pub weight: i8,
}

const fn row(name: &'static str, first: u32, last: u32, lengths: &[u8], weight: i8) -> Issuer {
    let mut bits = 0;
    let mut i = 0;
    while i < lengths.len() {
        bits |= 1 << lengths[i];
        i += 1;
    }
    Issuer { name, prefixes: (first, last), lengths: bits, weight }
}

/// Rows in order of precedence: where two fit, the earlier is meant. A range that is wide, or a length that is hardly
/// issued, weighs little: with it alone one random number in a hundred would pass.
#[rustfmt::skip]
static ISSUERS: [Issuer; 97] = [
    // American Express: Merchant Regulations International; 34 and 37, 15 digits.
    row("amex", 340_000, 349_999, &[15], 12),
    row("amex", 370_000, 379_999, &[15], 12),
    // Mastercard: Rules, "Account range 2221-2720 and 51-55", 16 digits.
    row("mastercard", 510_000, 559_999, &[16], 12),
    row("mastercard", 222_100, 272_099, &[16], 12),
    // Elo: ranges as in the open list of braintree/credit-card-type (MIT), those outside Visa's 4.
    row("elo", 504_175, 504_175, &[16], 12),
    row("elo", 506_699, 506_778, &[16], 12),
    row("elo", 509_000, 509_999, &[16], 12),
    row("elo", 627_780, 627_780, &[16], 12),
    row("elo", 636_297, 636_297, &[16], 12),
    row("elo", 636_368, 636_368, &[16], 12),
    row("elo", 650_031, 650_033, &[16], 12),
    row("elo", 650_035, 650_051, &[16], 12),
    row("elo", 650_405, 650_439, &[16], 12),
    row("elo", 650_485, 650_538, &[16], 12),
    row("elo", 650_541, 650_598, &[16], 12),
    row("elo", 650_700, 650_718, &[16], 12),
    row("elo", 650_720, 650_727, &[16], 12),
    row("elo", 650_901, 650_978, &[16], 12),
    row("elo", 651_652, 651_679, &[16], 12),
    row("elo", 655_000, 655_019, &[16], 12),
    row("elo", 655_021, 655_058, &[16], 12),
    // Verve: Interswitch developer documentation; 16, 18 or 19 digits.
    row("verve", 506_099, 506_198, &[16, 18, 19], 10),
    row("verve", 507_865, 507_964, &[16, 18, 19], 10),
    row("verve", 650_002, 650_027, &[16, 18, 19], 10),
    // Hipercard: braintree/credit-card-type (MIT), "hipercard" and "hiper".
    row("hipercard", 606_282, 606_282, &[13, 16, 19], 12),
    row("hipercard", 384_100, 384_100, &[16, 19], 12),
    row("hipercard", 384_140, 384_140, &[16, 19], 12),
    row("hipercard", 384_160, 384_160, &[16, 19], 12),
    row("hiper", 637_095, 637_095, &[16], 12),
    row("hiper", 637_568, 637_568, &[16], 12),
    row("hiper", 637_599, 637_599, &[16], 12),
    row("hiper", 637_609, 637_609, &[16], 12),
    row("hiper", 637_612, 637_612, &[16], 12),
    // Naranja and Cabal (Argentina): Mercado Libre and Decidir integration guides.
    row("naranja", 589_562, 589_562, &[16], 10),
    row("cabal", 604_201, 604_219, &[16], 10),
    row("cabal", 604_300, 604_399, &[16], 10),
    // RuPay: NPCI RuPay BIN ranges; 60, 65, 81, 82, 508 and the JCB co-brands 353 and 356.
    row("rupay", 508_500, 508_999, &[16], 12),
    row("rupay", 606_985, 607_984, &[16], 12),
    row("rupay", 608_001, 608_500, &[16], 12),
    row("rupay", 652_150, 653_149, &[16], 12),
    row("rupay", 817_200, 819_999, &[16], 10),
    row("rupay", 820_000, 820_199, &[16], 10),
    row("rupay", 353_000, 353_999, &[16], 12),
    row("rupay", 356_000, 356_999, &[16], 12),
    // Discover: "Discover Global Network IIN ranges" (acquirer bulletin), Discover's own; 19 digits are hardly issued.
    row("discover", 601_100, 601_199, &[16], 12),
    row("discover", 644_000, 659_999, &[16], 12),
    row("discover", 601_100, 601_199, &[17, 18, 19], 4),
    row("discover", 644_000, 659_999, &[17, 18, 19], 3),
    // Diners Club International: same bulletin; 36 has 14 to 19 digits, 30, 38 and 39 have 14 (old) or 16 to 19.
    row("diners", 300_000, 305_999, &[14], 10),
    row("diners", 309_500, 309_599, &[14], 12),
    row("diners", 360_000, 369_999, &[14], 12),
    row("diners", 380_000, 399_999, &[14], 6),
    row("diners", 300_000, 305_999, &[16, 17, 18, 19], 3),
    row("diners", 309_500, 309_599, &[16, 17, 18, 19], 3),
    row("diners", 360_000, 369_999, &[15, 16, 17, 18, 19], 3),
    row("diners", 380_000, 399_999, &[16, 17, 18, 19], 3),
    // JCB: same bulletin; 3528-3589, and older ranges of 16 digits.
    row("jcb", 352_800, 358_999, &[16], 12),
    row("jcb", 352_800, 358_999, &[17, 18, 19], 3),
    row("jcb", 308_800, 309_499, &[16], 5),
    row("jcb", 309_600, 310_299, &[16], 5),
    row("jcb", 311_200, 312_099, &[16], 5),
    row("jcb", 315_800, 315_999, &[16], 5),
    row("jcb", 333_700, 334_999, &[16], 5),
    // UnionPay: UnionPay International Operating Regulations, 62 with 16 to 19 digits, and 810000-817199.
    row("unionpay", 620_000, 629_999, &[16], 12),
    row("unionpay", 620_000, 629_999, &[19], 10),
    row("unionpay", 620_000, 629_999, &[17, 18], 4),
    row("unionpay", 620_000, 629_999, &[14, 15], 2),
    row("unionpay", 810_000, 817_199, &[16, 19], 10),
    row("unionpay", 810_000, 817_199, &[17, 18], 4),
    // Mir: NSPK (Russia), 2200-2204 with 16 to 19 digits.
    row("mir", 220_000, 220_499, &[16], 12),
    row("mir", 220_000, 220_499, &[17, 18, 19], 5),
    // Belkart (Belarus) and ArCa (Armenia): IINs 9112 and 9051, from their national processors.
    row("belkart", 911_200, 911_299, &[16], 8),
    row("arca", 905_100, 905_199, &[16], 8),
    // Borica (Bulgaria): IIN 2205, from the list of national IINs in ISO/IEC 7812 registers.
    row("borica", 220_500, 220_599, &[16], 8),
    // Troy: Interbank Card Centre (BKM, Turkey), 9792; its Discover co-brands are in 65.
    row("troy", 979_200, 979_299, &[16], 12),
    // Uzcard 8600 and Humo 9860: National Interbank Processing Centre of Uzbekistan.
    row("uzcard", 860_000, 860_099, &[16], 8),
    row("humo", 986_000, 986_099, &[16], 8),
    // NAPAS (Vietnam): State Bank of Vietnam, 9704 with 16 or 19 digits.
    row("napas", 970_400, 970_499, &[16, 19], 10),
    // Meeza (Egypt): Central Bank of Egypt, 507803, 507808 to 507810.
    row("meeza", 507_803, 507_810, &[16, 19], 10),
    // mada (Saudi Arabia): 9682xx, Saudi Payments; its co-brands are in Visa's and Mastercard's ranges.
    row("mada", 968_201, 968_211, &[16], 12),
    // Dankort: Nets (Denmark), 5019; its co-brand 4571 is in Visa's range.
    row("dankort", 501_900, 501_999, &[16], 8),
    // Visa: Core Rules, 4 with 16 digits; 19 are rarely issued, 13 no more, and EAN-13 of Germany and Japan begin with 4.
    row("visa", 400_000, 499_999, &[16], 12),
    row("visa", 400_000, 499_999, &[19], 10),
    row("visa", 400_000, 499_999, &[13], 4),
    // Maestro: Mastercard Rules and the UK ranges of APACS, 12 to 19 digits; 16 to 19 are what is issued.
    row("maestro", 501_800, 501_899, &[16, 17, 18, 19], 6),
    row("maestro", 502_000, 503_899, &[16, 17, 18, 19], 5),
    row("maestro", 589_300, 589_399, &[16, 17, 18, 19], 6),
    row("maestro", 630_400, 630_499, &[16, 17, 18, 19], 6),
    row("maestro", 675_900, 676_399, &[16, 17, 18, 19], 6),
    row("maestro", 676_700, 677_499, &[16, 17, 18, 19], 5),
    row("maestro", 500_000, 509_999, &[12, 13, 14, 15, 16, 17, 18, 19], 3),
    row("maestro", 560_000, 599_999, &[12, 13, 14, 15, 16, 17, 18, 19], 3),
    row("maestro", 639_000, 639_099, &[12, 13, 14, 15, 16, 17, 18, 19], 3),
    row("maestro", 670_000, 679_999, &[12, 13, 14, 15, 16, 17, 18, 19], 3),
    // InterPayment 636 and InstaPayment 637-639: their publicity only.
    row("interpayment", 636_000, 636_999, &[16, 17, 18, 19], 3),
    row("instapayment", 637_000, 639_999, &[16], 3),
    // UATP: Universal Air Travel Plan, 1 with 15 digits.
    row("uatp", 100_000, 199_999, &[15], 2),
];

/// Lengths that any row allows, by the first two digits: almost every refusal ends here.
static BY_START: [u32; 100] = {
    let mut table = [0; 100];
    let mut i = 0;
    while i < ISSUERS.len() {
        let mut start = ISSUERS[i].prefixes.0 / 10_000;
        while start <= ISSUERS[i].prefixes.1 / 10_000 {
            table[start as usize] |= ISSUERS[i].lengths;
            start += 1;
        }
        i += 1;
    }
    table
};

/// Returns the lengths that numbers with these first two digit values can have: bit n is set for n digits.
#[inline]
#[must_use]
pub fn lengths(first: u8, second: u8) -> u32 {
    BY_START.get(usize::from(first) * 10 + usize::from(second)).copied().unwrap_or(0)
}

/// Finds the row of a number from its first six digits and its length. `digits` holds values, not characters.
#[must_use]
pub fn find(digits: &[u8]) -> Option<&'static Issuer> {
    let prefix = digits.get(..6)?.iter().fold(0, |sum, &digit| sum * 10 + u32::from(digit));
    let length = 1_u32.checked_shl(u32::try_from(digits.len()).ok()?)?;
    ISSUERS.iter().find(|row| row.lengths & length != 0 && (row.prefixes.0..=row.prefixes.1).contains(&prefix))
}

/// Numbers that processors publish for tests, in order: what Stripe, `PayPal`, Adyen, Authorize.Net, Worldpay, Cybersource
/// and Mastercard's gateway show on their pages. Collected by hand and not compared entry by entry with those pages.
#[rustfmt::skip]
static TEST_NUMBERS: [u64; 138] = [
    4_007_000_000_027, 4_012_888_818_888, 4_222_222_222_222, 30_000_000_000_004, 30_569_309_025_904, 36_006_666_333_344,
    36_148_900_647_913, 36_227_206_271_667, 36_259_600_000_004, 36_438_936_438_936, 36_700_102_000_000, 38_000_000_000_006,
    38_520_000_023_237, 135_410_014_004_955, 340_000_000_000_009, 341_111_111_111_111, 343_434_343_434_343, 345_678_901_234_564,
    370_000_000_000_002, 370_000_000_100_018, 370_000_200_000_000, 371_144_371_144_376, 371_449_635_398_431, 373_953_192_351_004,
    374_111_111_111_111, 374_245_455_400_126, 378_282_246_310_005, 378_734_493_671_000, 379_764_422_997_381, 2_200_770_239_097_761,
    2_222_400_010_000_008, 2_222_400_030_000_004, 2_222_400_050_000_009, 2_222_400_060_000_007, 2_222_400_070_000_005,
    2_222_410_740_360_010, 2_222_420_000_001_113, 2_222_990_905_257_051, 2_223_000_010_309_703, 2_223_000_010_309_711,
    2_223_003_122_003_222, 2_223_016_768_739_313, 2_223_520_043_560_014, 3_055_155_515_160_018, 3_056_930_009_020_004,
    3_088_000_000_000_009, 3_088_000_000_000_017, 3_096_000_032_340_126, 3_528_000_000_000_007, 3_528_000_700_000_000,
    3_530_111_333_300_000, 3_566_000_020_000_410, 3_566_002_020_360_505, 3_566_111_111_111_113, 3_569_990_010_095_841,
    4_000_000_000_000_002, 4_000_000_000_000_010, 4_000_000_000_000_028, 4_000_000_000_000_036, 4_000_000_000_000_069,
    4_000_000_000_000_077, 4_000_000_000_000_101, 4_000_000_000_000_119, 4_000_000_000_000_127, 4_000_000_000_000_259,
    4_000_000_000_000_341, 4_000_000_000_003_220, 4_000_000_000_009_235, 4_000_000_000_009_979, 4_000_000_000_009_987,
    4_000_000_000_009_995, 4_000_002_500_003_155, 4_000_002_760_003_184, 4_000_008_260_000_000, 4_000_056_655_665_556,
    4_000_620_000_000_007, 4_001_919_257_537_193, 4_005_519_200_000_004, 4_007_702_835_532_454, 4_009_348_888_881_881,
    4_012_000_033_330_026, 4_012_000_077_777_777, 4_012_888_888_881_881, 4_017_340_000_000_003, 4_035_501_000_000_008,
    4_111_111_111_111_111, 4_166_676_667_666_746, 4_217_651_111_111_119, 4_242_424_242_424_242, 4_263_982_640_269_299,
    4_360_000_001_000_005, 4_444_333_322_221_111, 4_462_030_000_000_000, 4_500_600_000_000_061, 4_508_750_015_741_019,
    4_543_474_002_249_996, 4_646_464_646_464_644, 4_871_049_999_999_910, 4_917_484_589_897_107, 4_917_610_000_000_000,
    4_988_438_843_884_305, 5_019_717_010_103_742, 5_066_991_111_111_118, 5_105_105_105_105_100, 5_111_111_111_111_118,
    5_123_450_000_000_008, 5_123_456_789_012_346, 5_200_000_000_000_007, 5_200_828_282_828_210, 5_204_740_009_900_014,
    5_306_889_942_833_340, 5_399_999_999_999_999, 5_411_111_111_111_115, 5_420_923_878_724_339, 5_424_000_000_000_015,
    5_425_233_430_109_903, 5_454_545_454_545_454, 5_500_000_000_000_004, 5_506_900_490_000_436, 5_555_341_244_441_115,
    5_555_555_555_554_444, 6_011_000_000_000_004, 6_011_000_000_000_012, 6_011_000_990_139_424, 6_011_111_111_111_117,
    6_011_601_160_116_611, 6_011_981_111_111_113, 6_062_828_888_666_688, 6_200_000_000_000_005, 6_243_030_000_000_001,
    6_250_941_006_528_599, 6_304_000_000_000_000, 6_362_970_000_457_013, 6_445_644_564_456_445, 6_759_649_826_438_453,
    6_771_798_021_000_008, 6_205_500_000_000_000_004, 6_799_990_100_000_000_019,
];

/// Says whether a number is published for tests. `digits` holds values, not characters.
#[must_use]
pub fn is_test_number(digits: &[u8]) -> bool {
    let number = digits.iter().take(19).fold(0, |sum: u64, &digit| sum * 10 + u64::from(digit));
    TEST_NUMBERS.binary_search(&number).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::luhn;
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| byte - b'0').collect()
    }

    fn name(text: &str) -> Option<&'static str> {
        find(&digits(text)).map(|row| row.name)
    }

    #[test]
    fn tells_schemes_by_prefix_and_length() {
        assert_eq!(name("4539578763621486"), Some("visa"));
        assert_eq!(name("2221000000000009"), Some("mastercard"));
        assert_eq!(name("2720999999999996"), Some("mastercard"));
        assert_eq!(name("2721000000000000"), None);
        assert_eq!(name("371200000000003"), Some("amex"));
        assert_eq!(name("3712000000000003"), None);
        assert_eq!(name("36010000000005"), Some("diners"));
        assert_eq!(name("6501510000000000"), Some("discover"));
        assert_eq!(name("6521500000000000"), Some("rupay"));
        assert_eq!(name("6759000000000000000"), Some("maestro"));
        assert_eq!(name("2204100000000000"), Some("mir"));
    }

    #[test]
    fn refuses_unknown_prefixes_and_lengths() {
        for text in ["", "4", "45395", "453957876362148", "7777777777777777", "45395787636214861234", "0000000000000000"] {
            assert_eq!(name(text), None, "{text}");
        }
        assert!(find(&[9; 40]).is_none());
    }

    #[test]
    fn start_table_allows_what_rows_allow() {
        for issuer in &ISSUERS {
            let start = issuer.prefixes.0 / 10_000;
            assert_eq!(lengths((start / 10) as u8, (start % 10) as u8) & issuer.lengths, issuer.lengths);
            assert!(issuer.prefixes.0 <= issuer.prefixes.1 && issuer.prefixes.1 < 1_000_000);
        }
        assert_eq!(lengths(0, 0), 0);
        assert_eq!(lengths(255, 255), 0);
    }

    #[test]
    fn test_numbers_are_sorted_and_pass_the_checks() {
        assert!(TEST_NUMBERS.windows(2).all(|pair| pair[0] < pair[1]));
        for number in TEST_NUMBERS {
            let value = digits(&number.to_string());
            assert!(luhn::passes(&value) && find(&value).is_some() && is_test_number(&value), "{number}");
        }
        assert!(!is_test_number(&digits("4539578763621486")));
    }
}
