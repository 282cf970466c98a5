//! Top-level domains: which exist, which are reserved, and which endings are those of files.
//!
//! The lists were written down from the sources that they name and not compared with them byte by byte.

/// Country-code domains: IANA root zone, two-letter names that are delegated.
const COUNTRY_TLDS: &str = "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc \
    cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm \
    gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr \
    ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk \
    pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn \
    to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

/// Generic domains in wide use, in order: IANA root zone.
#[rustfmt::skip]
const GENERIC_TLDS: &[&str] = &[
    "academy", "accountant", "actor", "adult", "aero", "africa", "agency", "amsterdam", "apartments", "app", "archi", "army", "arpa",
    "art", "asia", "associates", "attorney", "auction", "audio", "auto", "band", "bank", "bar", "bayern", "beauty", "beer", "berlin",
    "best", "bet", "bible", "bid", "bike", "bio", "biz", "black", "blog", "blue", "boston", "boutique", "brussels", "build", "builders",
    "business", "buzz", "cab", "cafe", "camera", "camp", "capital", "cards", "care", "careers", "casa", "cash", "casino", "cat",
    "catering", "center", "ceo", "charity", "chat", "cheap", "church", "city", "claims", "cleaning", "click", "clinic", "clothing",
    "cloud", "club", "coach", "codes", "coffee", "college", "cologne", "com", "community", "company", "computer", "consulting",
    "contact", "cool", "coop", "country", "coupons", "credit", "cymru", "dance", "date", "dating", "deals", "delivery", "dental",
    "dentist", "design", "dev", "digital", "direct", "directory", "doctor", "dog", "domains", "download", "earth", "eco", "edu",
    "education", "email", "energy", "engineer", "engineering", "enterprises", "equipment", "estate", "events", "exchange", "expert",
    "express", "family", "fans", "farm", "fashion", "finance", "financial", "fit", "fitness", "florist", "foundation", "frl", "fun",
    "fund", "fyi", "gallery", "game", "games", "garden", "gay", "gift", "global", "gmbh", "gold", "golf", "google", "gov", "graphics",
    "group", "guide", "guru", "hamburg", "haus", "health", "healthcare", "help", "holdings", "hospital", "host", "hosting", "house",
    "icu", "immo", "inc", "industries", "info", "ink", "institute", "insure", "int", "international", "investments", "irish", "ist",
    "istanbul", "jobs", "kim", "kitchen", "kiwi", "koeln", "land", "law", "lawyer", "legal", "life", "limited", "link", "live", "llc",
    "loan", "lol", "london", "love", "ltd", "luxury", "management", "market", "marketing", "media", "men", "mil", "mobi", "money",
    "moscow", "museum", "music", "name", "net", "network", "news", "ngo", "ninja", "nyc", "one", "ong", "onl", "online", "org", "page",
    "paris", "partners", "party", "pet", "pharmacy", "photo", "photography", "photos", "pics", "pizza", "place",
];

/// The rest of [`GENERIC_TLDS`], split so that each list stays on a screen; in order too.
#[rustfmt::skip]
const GENERIC_TLDS_P_TO_Z: &[&str] = &[
    "plus", "post", "press", "pro", "productions", "promo", "properties", "property", "pub", "quebec", "realestate", "realty", "red",
    "rehab", "reise", "reisen", "rent", "rentals", "repair", "report", "rest", "restaurant", "review", "reviews", "rip", "rocks",
    "ruhr", "run", "saarland", "sale", "salon", "school", "science", "scot", "security", "services", "shop", "shopping", "show", "site",
    "ski", "soccer", "social", "software", "solar", "solutions", "space", "sport", "store", "stream", "studio", "study", "style",
    "support", "surf", "surgery", "swiss", "systems", "tattoo", "tax", "taxi", "team", "tech", "technology", "tel", "tennis", "tips",
    "tirol", "today", "tokyo", "tools", "top", "tours", "town", "toys", "trade", "training", "travel", "tube", "university", "uno",
    "vegas", "ventures", "vet", "video", "vip", "wiki", "work", "world", "xyz",
];

/// Domains that no public mail server has: RFC 6762 appendix G, RFC 8375, RFC 7686, and what clusters and routers use.
const PRIVATE_TLDS: &[&str] =
    &["cluster", "corp", "home", "intern", "internal", "intranet", "lan", "local", "localdomain", "onion", "private", "svc"];

/// Domains reserved for documentation and tests: RFC 2606 and RFC 6761.
const TEST_TLDS: &[&str] = &["example", "invalid", "localhost", "test"];

/// Endings of file names and service units, which stand behind `icon@2x` and `getty@tty1`.
#[rustfmt::skip]
const FILE_ENDINGS: &[&str] = &[
    "avif", "bak", "bmp", "class", "conf", "cpp", "css", "csv", "device", "dll", "exe", "gif", "gz", "heic", "htm", "html", "ico",
    "jar", "java", "jpeg", "jpg", "js", "json", "jsx", "log", "mjs", "mount", "pdf", "php", "png", "scope", "scss", "service", "slice",
    "socket", "svg", "swf", "target", "timer", "ts", "tsx", "txt", "webp", "xml",
];

/// Bit `26 * first + second` is set where a country-code domain exists.
static COUNTRIES: [u64; 11] = {
    let letters = COUNTRY_TLDS.as_bytes();
    let mut bits = [0; 11];
    let mut i = 0;
    while i + 1 < letters.len() {
        if letters[i].is_ascii_lowercase() {
            let index = (letters[i] - b'a') as usize * 26 + (letters[i + 1] - b'a') as usize;
            bits[index / 64] |= 1 << (index % 64);
            i += 1;
        }
        i += 1;
    }
    bits
};

/// What a top-level domain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tld {
    /// Delegated and in wide use, or an internationalised one.
    Known,
    /// Of the form of one.
    Unknown,
    /// Of hosts that the public does not reach.
    Private,
    /// Reserved for documentation and tests.
    Test,
    /// No domain: a file name, a number, a word that is too long.
    Wrong,
}

/// Says what a top-level domain is; case does not matter.
pub fn classify(tld: &[u8]) -> Tld {
    if !tld.is_ascii() {
        return if tld.len() >= 4 { Tld::Known } else { Tld::Wrong };
    }
    if tld.len() > 4 && tld[..4].eq_ignore_ascii_case(b"xn--") {
        return Tld::Known;
    }
    let mut small = [0; 24];
    let Some(small) = small.get_mut(..tld.len()).filter(|small| small.len() >= 2) else { return Tld::Wrong };
    small.copy_from_slice(tld);
    small.make_ascii_lowercase();
    if !small.iter().all(u8::is_ascii_lowercase) {
        return Tld::Wrong;
    }
    classify_small(small)
}

fn classify_small(tld: &[u8]) -> Tld {
    let listed = |list: &[&str]| list.binary_search_by(|entry| entry.as_bytes().cmp(tld)).is_ok();
    if let [first, second] = *tld {
        let index = usize::from(first - b'a') * 26 + usize::from(second - b'a');
        if COUNTRIES[index / 64] >> (index % 64) & 1 == 1 {
            return Tld::Known;
        }
    } else if tld == b"com" || tld == b"net" || tld == b"org" || listed(GENERIC_TLDS) || listed(GENERIC_TLDS_P_TO_Z) {
        return Tld::Known;
    }
    match () {
        () if listed(FILE_ENDINGS) => Tld::Wrong,
        () if listed(PRIVATE_TLDS) => Tld::Private,
        () if listed(TEST_TLDS) => Tld::Test,
        () => Tld::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [GENERIC_TLDS, GENERIC_TLDS_P_TO_Z, PRIVATE_TLDS, TEST_TLDS, FILE_ENDINGS] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", list.windows(2).find(|pair| pair[0] >= pair[1]));
        }
        assert_eq!(COUNTRIES.iter().map(|bits| bits.count_ones()).sum::<u32>() as usize, COUNTRY_TLDS.split_whitespace().count());
    }
}
