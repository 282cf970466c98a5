//! Words of street lines that are no place: suffixes, directionals, units, and words that no street line holds.
//!
//! Origin: USPS Publication 28, Appendix B (directionals), C1 (street suffixes and their common abbreviations) and
//! C2 (secondary unit designators); street words of the Philippines and of Spanish-named streets by common use.
//! The lists are split by how far a word alone speaks for an address: see [`super::lexicon`].

/// Suffixes that hardly mean anything else.
pub const STRONG: &str = "
    allee alley ally aly avenue av ave aven avenu avn avnue boulevard blvd boul boulv bypass byp byps causeway causwa cswy
    crescent cres crsent crsnt crossroad crossroads xrd xrds esplanade espl expressway expy expr expw expwy freeway frwy fwy
    highway hwy highwy hiway hiwy hway junction jct ln motorway mtwy parkway pkwy parkwy pkway pky parkways pkwys
    road rd roads rds roadway street st str strt streets sts throughway trwy trafficway trfy turnpike tpke trnpk turnpk
    thoroughfare";

/// Suffixes that are ordinary words or titles too, but that rarely follow a capitalised word in prose.
pub const WEAK: &str = "
    circle cir circ circl crcle circles cirs close court ct crt courts cts cove cv covey curve curv drive dr driv drv drives drs
    driveway lane lanes loop loops mews overpass opas passage psge path paths pike pikes place pl plaza plz plza
    ramp row square sq sqr sqre squ squares sqs terrace ter terr tce parade pde circuit cct concourse trace trce traces trail trl trails trls underpass upas
    viaduct via walk walks way wy ways wynd rotary roundabout rotunda";

/// Suffixes that count only with a state, a postal code or a unit after them.
pub const FAINT: &str = "
    extension ext extn annex anx anex arcade arc bank bayou byu bay beach bch bend bnd bluff blf bluffs blfs bottom btm branch br bridge brg brook brk brooks brks
    burg bg burgs camp cp canyon cyn cape cpe center ctr cent centre cntr centers ctrs cliff clf cliffs clfs club clb common
    commons corner cor corners cors course crse creek crk crest crossing xing crssng dale dl dam dm divide dv estate est estates ests
    fall falls fls ferry fry field fld fields flds flat flt flats flts ford frd fords forest frst forge frg forges fork frk forks
    frks fort ft garden gdn gardens gdns gateway gtwy gate gates glen gln glens green grn greens grove grv groves harbor hbr harbors harbour haven hvn
    heights hts hill hl hills hls hollow holw hollows hwllw inlet inlt island is islands iss isle key ky keys knoll knl knolls knls lake lk
    lakes lks land landing lndg light lgt lights loaf lf lock lck locks lcks lodge ldg mall manor mnr manors meadow mdw meadows
    mdws mill ml mills mls mission msn mount mt mountain mtn mountains neck nck orchard orch oval park parks pass pine pne pines
    pnes plain pln plains plns point pt points pts port prt ports prairie pr radial radl ranch rnch rapid rapids rpds rest rst
    ridge rdg ridges rdgs river riv rue run runs shoal shl shoals shore shr shores shrs skyway spring spg springs spgs spur spurs
    station sta stravenue stra stream strm summit smt track trak tunnel tunl union un unions valley vly valleys view vw views
    village vlg villages ville vl vista vis well wells wls wall bay quay wharf drove rise croft yard mead crossway pk boulevarde bvd";

/// Words that are a street of their own, without a suffix.
pub const WHOLE_STREET: &str = "broadway bowery embarcadero mainway strand boardwalk promenade parkway esplanade";

/// Words that stand before the name: `Calle Luna`, `Avenida Rizal`.
pub const PREFIX: &str = "calle avenida ave avenue camino caminito paseo carretera carr via rue";

/// Words before a road's number: `Hwy 66`, `Route 9`, `FM 1960`.
pub const HIGHWAY: &str = "highway hwy route rte rt interstate fm cr sr ranch";

/// Words that make `Road 12` a numbered road.
pub const ROAD_CLASS: &str = "county country co state ranch township twp forest farm national us private parish old rural";

/// Points of the compass.
pub const DIRECTION: &str = "n s e w ne nw se sw north south east west northeast northwest southeast southwest no so";

/// Unit designators that a number or letter follows.
pub const UNIT: &str = "
    apartment apt apts apmt suite ste suit unit units room rm floor floors flr fl building bldg bldgs space spc lot trailer trlr
    slip hangar hngr dept department penthouse ph pmb box tower twr level lvl # flat stall door bureau étage app mailstop ms bureau villa lockbox lbx file psc";

/// Units that need no number after them.
pub const LONE_UNIT: &str =
    "basement bsmt front frnt lobby lbby lower lowr upper uppr rear office ofc penthouse ph side floor floors fl flr level";

/// Ordinals in letters, before `floor` or as a street's name.
pub const ORDINAL: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth ground main lower upper";

/// Small words inside names: `Avenue of the Americas`, `Calle de la Luna`, `Zorba by the Lake`.
pub const LINK: &str = "of the de la del las los el san santa da do dos das e y and by van von den der du des le st";

/// Words that end a search at once: they stand in sentences and log lines, not in addresses.
pub const STOP: &str = "
    a about after again all also am an any are as at attempts be because been before being between both but can could
    did do does during each failed failures few for found from get got had has have he her hers him his how if in into is it its
    just like may me might more most much must my next no not now off on once only or other our out over per please retry
    she should since so some such than that their them then there these they this those through till times to too
    under until up us use used using very was we were what when where which while who why will with would you your
    byte bytes kb mb gb tb kib mib gib bit bits ms us ns sec secs seconds min mins minute minutes hour hours hr hrs
    day days week weeks month months year years percent rows row records items item entries lines files file users user
    requests request responses response errors error warnings warning threads thread tasks task jobs job connections connection
    events event messages message packets packet pages page images image degrees miles mile km meters feet inches lbs kg
    people persons men women children times points cases case parts way-stop usd eur php dollars cents pesos total new-line
    info debug warn trace fatal get post put delete patch http https null true false none nil am pm utc gmt est pst";

/// Words whose company makes a suffix mean something else: `Hard Drive`, `Call Center`, `Test Run`.
pub const BUSY: &str = "
    hard disk flash usb ssd hdd optical tape dvd cd test data call health medical service services power storage network cloud
    gb tb mb kb ghz mhz mm cm kg lb oz watt volt error failed retry unit units item items pack pcs piece pieces count total version
    release build step steps phase page pages chapter section figure table appendix article part parts volume season episode level game games player players
    round rounds match goals goal points runs hits star stars percent usd supreme appeals district federal tennis basketball court
    fast dry long training community shopping street-light traffic parking learning support contact research conference
    jobs job task tasks thread threads queue process dual core cores";

/// Months: a number before them is a day.
pub const MONTH: &str = "
    january jan february feb march mar april apr may june jun july jul august aug september sep sept october oct november nov
    december dec monday mon tuesday tue wednesday wed thursday thu friday fri saturday sat sunday sun";

/// Countries whose name may close an address that is written in the American way (ISO 3166-1 short names).
pub const COUNTRY: &str = "
    afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahamas|bahrain|bangladesh|barbados
    belarus|belgium|belize|benin|bhutan|bolivia|botswana|brazil|brunei|bulgaria|burundi|cambodia|cameroon|canada|cape verde
    chad|chile|china|colombia|comoros|congo|costa rica|croatia|cuba|cyprus|czech republic|czechia|denmark|djibouti|dominica
    dominican republic|east timor|ecuador|egypt|el salvador|eritrea|estonia|eswatini|ethiopia|fiji|finland|france|gabon|gambia
    germany|ghana|greece|grenada|guatemala|guinea|guyana|haiti|honduras|hong kong|hungary|iceland|india|indonesia|iran|iraq
    ireland|israel|italy|ivory coast|jamaica|japan|jordan|kazakhstan|kenya|kiribati|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon
    lesotho|liberia|libya|liechtenstein|lithuania|luxembourg|madagascar|malawi|malaysia|maldives|mali|malta|mauritania
    mauritius|mexico|micronesia|moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|namibia|nauru|nepal|netherlands
    new zealand|nicaragua|niger|nigeria|north korea|north macedonia|norway|oman|pakistan|palau|panama|papua new guinea|paraguay
    peru|poland|portugal|qatar|romania|russia|rwanda|samoa|san marino|saudi arabia|senegal|serbia|seychelles|sierra leone
    singapore|slovakia|slovenia|solomon islands|somalia|south africa|south korea|south sudan|spain|sri lanka|sudan|suriname|sweden
    switzerland|syria|taiwan|tajikistan|tanzania|thailand|togo|tonga|trinidad and tobago|tunisia|turkey|turkmenistan|tuvalu
    uganda|ukraine|united arab emirates|united kingdom|uk|england|scotland|wales|uruguay|uzbekistan|vanuatu|venezuela|vietnam
    yemen|zambia|zimbabwe";
