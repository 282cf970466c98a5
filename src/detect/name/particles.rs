//! Words that stand in names and are none, and words that make a name that of a firm.
//!
//! Origin: written for this project as facts of common knowledge. Letters are folded as in [`given`](super::given).

/// Titles, particles and suffixes that stand in names and are none.
pub(super) const PARTICLES: &str = "
    mr mrs ms miss mx dr prof sir madam atty engr rev hon fr sr sra srta don dona herr frau mme mlle m sig
    de del dela dele la las los el san santa da das do dos di du des der den van von vom zu zum ten ter te le bin binti binte ibn al abu
    y e i ma jr sr ii iii iv v phd md esq";

/// Words that make a name that of a firm or a place.
pub(super) const FIRM: &str = "
    inc incorporated llc ltd limited plc corp corporation co company gmbh ag kg sa sas sarl srl spa bv nv ab oy as aps pty pte bhd sdn
    group holding holdings enterprise enterprises industries international solutions services service systems technologies
    technology consulting partners associates trading traders imports exports foods bakery cafe restaurant bar grill pizza pizzeria
    kitchen hotel resort inn bank insurance hospital clinic pharmacy school college university institute academy church foundation
    association society club team department office store stores shop shoppe mart market supermarket depot warehouse gifts toys
    collectables collectibles motors auto replicas designs design studio studios records music media press publishing news
    airport station street road avenue building tower plaza mall center centre park city county province district barangay
    report account admin support sales info marketing billing order product item test sample demo default monthly weekly daily annual";
