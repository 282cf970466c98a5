//! Detection alone: bytes to candidates, no records, no scores. A wrong count fails the bench.

mod corpus;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn detect(criterion: &mut Criterion) {
    let (detector, _) = corpus::examiner();
    let mut scratch = detector.scratch();
    let mut group = criterion.benchmark_group("detect");
    for input in corpus::CORPORA {
        let bytes = input.bytes();
        let mut found = Vec::new();
        detector.find(&mut scratch, &bytes, 0..bytes.len(), &mut found);
        assert_eq!(found.len(), input.candidates * corpus::COPIES, "candidates in {}", input.name);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(input.name, |bench| {
            bench.iter(|| {
                found.clear();
                detector.find(&mut scratch, &bytes, 0..bytes.len(), &mut found);
                found.len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, detect);
criterion_main!(benches);
