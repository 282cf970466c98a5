//! A leaf from bytes to findings in memory, for each format: cutting, detection, scoring, tokens; no Parquet. A wrong count
//! fails the bench.

mod corpus;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use datatrawl::examine::probe;

fn scan(criterion: &mut Criterion) {
    let (_, examiner) = corpus::examiner();
    let mut group = criterion.benchmark_group("scan");
    group.sample_size(20);
    for input in corpus::CORPORA {
        let bytes = input.bytes();
        let found = probe(&examiner, input.path(), bytes.clone()).expect("texts in memory are read").len();
        assert_eq!(found, input.findings * corpus::COPIES, "findings in {}", input.name);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(input.name, |bench| bench.iter(|| probe(&examiner, input.path(), bytes.clone()).map(|found| found.len())));
    }
    group.finish();
}

criterion_group!(benches, scan);
criterion_main!(benches);
