//! Address books of all three versions.

use crate::Target;

pub const TARGET: Target = Target {
    name: "vcard",
    path: "a.vcf",
    seeds,
    words: &[
        b"BEGIN:VCARD\r\n",
        b"END:VCARD\r\n",
        b"\r\n ",
        b"\n\t",
        b"=\r\n",
        b"=40",
        b"=",
        b"\\",
        b"\\,",
        b"\\n",
        b";",
        b":",
        b"\"",
        b".",
        b"ENCODING=QUOTED-PRINTABLE",
        b"ENCODING=b",
        b"CHARSET=Shift_JIS",
        b"CHARSET=UTF-16LE",
        b"CHARSET=GB18030",
        b"TEL:+63 917 555 0123",
        b"N:",
        b"ADR:",
        b"\0",
        b"\xff",
        b"data:image/png;base64,",
        b"EMAIL:ana@kusina.ph",
    ],
};

fn seeds() -> Vec<Vec<u8>> {
    let seeds: [&str; 3] = [
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana Reyes\r\nN:Reyes;Ana;;;\r\nitem1.TEL;VALUE=uri:tel:+63-917-555-0123\r\nEMAIL:ana@kus\r\n ina.ph\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Mu=F1oz;Jos=E9\nNOTE;QUOTED-PRINTABLE:ben=40kusina.ph =\n+63 917 555 0123\nPHOTO;BASE64:\n YW5h\n\nEND:VCARD\n",
        "BEGIN:VCARD\nVERSION:3.0\nADR;TYPE=HOME:;;1600 Amphitheatre Parkway;Mountain View;CA;94043;USA\nBDAY:1987-04-23\nNOTE:a\\, b\\nc\nBEGIN:VCARD\nFN:Ben\nEND:VCARD\n",
    ];
    seeds.map(|seed| seed.as_bytes().to_vec()).to_vec()
}
