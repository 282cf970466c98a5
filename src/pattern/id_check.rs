//! The numbers of registers and documents that a pattern file can ask for.

use serde::Deserialize;

/// Which number [`super::Matcher::Id`] looks for: the country, then its name there. `detect` has the structure and the check of
/// each; the pattern file names the official definition.
#[expect(missing_docs, reason = "the pattern file of each says what it is")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[rustfmt::skip]
pub enum IdCheck {
    AeEmiratesId, AnyDriverLicense, AnyHealthId, AnyNationalId, AnyPassport, AnyTaxId, ArCuit, ArDni, AtSvnr, AuAbn,
    AuDriverLicense, AuMedicare, AuPassport, AuTfn, BeNationalNumber, BgEgn, BrCnpj, BrCpf, CaBusinessNumber, CaDriverLicense,
    CaPassport, CaSin, ChAhv, ClRut, CnPassport, CnResidentId, CoNit, CrCedula, CyTic, CzBirthNumber, DeHealthInsurance,
    DeIdCard, DePassport, DeSteuerId, DeSteuernummer, DeSvnr, DkCpr, DoCedula, EcCedula, EeIsikukood, EgNationalId, EsCif,
    EsDni, EsNie, EsPassport, FiHetu, FrNir, FrPassport, FrSpi, GbDriverLicense, GbNhs, GbNino, GbPassport, GbUtr, GrAfm,
    GrAmka, GtNit, HkId, HrOib, HuTaj, HuTaxId, IdNik, IdNpwp, IePps, IlTeudatZehut, InAadhaar, InEpic, InGstin, InPan,
    InPassport, IrNationalCode, IsKennitala, ItCodiceFiscale, ItDriverLicense, ItIdCard, ItPartitaIva, Jmbg, JpMyNumber,
    JpPassport, KrPassport, KrRrn, KwCivilId, KzIin, LicensePlate, LkNic, LtAsmensKodas, LuMatricule, LvPersonasKods, MdIdnp,
    MrzCard, MrzPassport, MtIdCard, MuNid, MxCurp, MxNss, MxRfc, MyNric, MyPassport, NgNin, NlBsn, NlPassport, NoFodselsnummer,
    NzIrd, NzNhi, PeDni, PeRuc, PhDriverLicense, PhPagIbig, PhPassport, PhPhilhealth, PhPhilsys, PhSss, PhTin, PhUmid, PkCnic,
    PlIdCard, PlNip, PlPesel, PtCitizenCard, PtNif, PyRuc, RoCnp, RuInn, RuSnils, SaNationalId, SePersonnummer, SgNric,
    SgPassport, SgUen, SiEmso, SkBirthNumber, ThPin, TrPassport, TrTckn, TwId, UaTaxNumber, UsAtin, UsDriverLicense, UsEin,
    UsItin, UsMbi, UsPassport, UsPtin, UyCi, UyRut, VeRif, Vin, VnCccd, ZaId,
}
