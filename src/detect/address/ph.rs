//! Places of the Philippines: cities, provinces, names of the capital region and of the country, words of local addresses.
//!
//! Origin: Philippine Standard Geographic Code of the Philippine Statistics Authority (cities and provinces), and the
//! words of Philippine postal addresses as the post office shows them (barangay, purok, sitio, lot, block, phase, subdivision).

/// Words before or of the smallest administrative unit.
pub const BARANGAY: &str = "brgy|bgy|brgys|barangay|baranggay|purok|sitio|zone|poblacion|pob";

/// Words of estates: they go on an address, and with other evidence speak for it.
pub const ESTATE: &str = "
    subd|subdivision|village|vill|phase|ph|lot|blk|block|compound|cmpd|homes|condominium|condo|residences|tower|bldg|building|townhomes
    heights|executive|estate|ext|extension|corner|cor|arcade|plaza|center|district|dist";

/// Names of the country and its capital region.
pub const COUNTRY: &str = "philippines|ph|republic of the philippines|pilipinas";

/// Names of the capital region, and provinces with their usual short forms.
pub const PROVINCES: &str = "
    metro manila|ncr|national capital region|abra|agusan del norte|agusan del sur|aklan|albay|antique|apayao|aurora|basilan|bataan
    batanes|batangas|benguet|biliran|bohol|bukidnon|bulacan|cagayan|camarines norte|camarines sur|camiguin|capiz|catanduanes|cavite
    cebu|cotabato|north cotabato|south cotabato|davao de oro|compostela valley|davao del norte|davao del sur|davao occidental
    davao oriental|dinagat islands|eastern samar|guimaras|ifugao|ilocos norte|ilocos sur|iloilo|isabela|kalinga|la union|laguna
    lanao del norte|lanao del sur|leyte|southern leyte|maguindanao|maguindanao del norte|maguindanao del sur|marinduque|masbate
    misamis occidental|misamis oriental|mountain province|negros occidental|negros oriental|northern samar|nueva ecija
    nueva vizcaya|occidental mindoro|mindoro occidental|oriental mindoro|mindoro oriental|palawan|pampanga|pangasinan|quezon|quirino
    rizal|romblon|samar|western samar|sarangani|siquijor|sorsogon|sultan kudarat|sulu|surigao del norte|surigao del sur|tarlac
    tawi-tawi|zambales|zamboanga del norte|zamboanga del sur|zamboanga sibugay";

/// Cities, and the municipality of the capital region; `City` is read apart from them.
pub const CITIES: &str = "
    manila|quezon city|caloocan|las piñas|las pinas|makati|malabon|mandaluyong|marikina|muntinlupa|navotas|parañaque|paranaque|pasay|pasig
    pateros|san juan|taguig|valenzuela|alaminos|angeles|antipolo|bacolod|bacoor|bago|baguio|bais|balanga|baliwag|baliuag|batac
    batangas city|bayawan|baybay|bayugan|biñan|binan|bislig|bogo|borongan|butuan|cabadbaran|cabanatuan|cabuyao|cadiz|cagayan de oro
    calaca|calamba|calapan|calbayog|candon|canlaon|carcar|carmona|catbalogan|cauayan|cavite city|cebu city|cotabato city|dagupan|danao
    dapitan|dasmariñas|dasmarinas|davao|davao city|digos|dipolog|dumaguete|el salvador|escalante|gapan|general santos|gensan
    general trias|gingoog|guihulngan|himamaylan|ilagan|iligan|iloilo city|imus|iriga|isabela city|kabankalan|kidapawan|koronadal
    la carlota|lamitan|laoag|lapu-lapu|lapu lapu|legazpi|legaspi|ligao|lipa|lucena|maasin|mabalacat|malaybalay|malolos|mandaue
    marawi|masbate city|mati|meycauayan|muñoz|munoz|naga|olongapo|ormoc|oroquieta|ozamiz|ozamis|pagadian|palayan|panabo|passi
    puerto princesa|roxas|roxas city|sagay|samal|san carlos|san fernando|san jose del monte|san pablo|san pedro|santa rosa
    santo tomas|sto tomas|santiago|silay|sipalay|sorsogon city|surigao|surigao city|tabaco|tabuk|tacloban|tacurong|tagaytay|tagbilaran
    tagum|talisay|tanauan|tandag|tangub|tanjay|tarlac city|tayabas|toledo|trece martires|tuguegarao|urdaneta|valencia|victorias|vigan
    zamboanga|zamboanga city|cainta|taytay|rodriguez|montalban|san mateo|angono|binangonan|los baños|los banos|silang|marilao|bocaue
    sta maria|santa maria|guiguinto|la trinidad|calasiao";
