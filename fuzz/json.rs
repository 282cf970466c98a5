//! JSON documents, several in one leaf, lines of JSON, and JSON inside strings.

use crate::Target;

pub const TARGET: Target = Target {
    name: "json",
    path: "a.json",
    seeds,
    words: &[
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\"",
        b"\\",
        b"\\\"",
        b"\n",
        b"\x1e",
        b"\0",
        b"null",
        b"NaN",
        b"-1.5e3",
        b"[{",
        b"}]",
        b"},{\"",
        b"\"email\":\"ana@kusina.ph\"",
        b"\"k\":",
        b"\"\\ud83d\\ude00\"",
        b"\\u00e9",
        b"{\\\"a\\\":\\\"ben@kusina.ph\\\"}",
        b"\xef\xbb\xbf",
        b"//",
        b"[[[[[[[[[[[[[[[[",
        b"{\"a\":{\"a\":{\"a\":{\"a\":",
        b"\r\n",
    ],
};

fn seeds() -> Vec<Vec<u8>> {
    let seeds: [&str; 8] = [
        "{\"meta\":{\"by\":\"cy@kusina.ph\"},\"data\":[{\"email\":\"ana@kusina.ph\",\"tags\":[1,\"x\",{\"b\":[true]}]},{\"email\":\"ben@kusina.ph\"}],\"n\":null}",
        "[\n  {\n    \"id\": 1,\n    \"phone\": \"+63 917 555 0123\"\n  },\n  {\n    \"id\": 2,\n    \"mail\": \"ana\\u0040kusina.ph\"\n  }\n]\n",
        "{\"a\":1}{\"a\":\"ana@kusina.ph\"}\n\x1e{\"b\":[2,{\"c\":\"ben@kusina.ph\"}]}\n",
        "{\"id1\":{\"email\":\"ana@kusina.ph\"},\"id2\":{\"email\":\"ben@kusina.ph\",\"l\":[[1,2],[3,[\"cy@kusina.ph\"]]]}}",
        "{\"payload\":\"{\\\"email\\\":\\\"ana@kusina.ph\\\",\\\"in\\\":\\\"{\\\\\\\"b\\\\\\\":\\\\\\\"ben@kusina.ph\\\\\\\"}\\\"}\"}\n{\"payload\":\"[]\"}\n",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"time\":1,\"by\":\"ana@kusina.ph\"},\"geometry\":{\"coordinates\":[[1.5,2.5],[3,4]]}}]}",
        "[1,\"ana@kusina.ph\",[2,[3]],{\"k\":NaN,},]",
        "id,data,n\n1,\"{\"\"email\"\":\"\"ana@kusina.ph\"\"}\",x\n2,\"{\"\"email\"\":\"\"ben@kusina.ph\"\"}\",y\n3,{},z\n4,[],w\n",
    ];
    seeds.map(|seed| seed.as_bytes().to_vec()).to_vec()
}
