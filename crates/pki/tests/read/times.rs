//! Times, whose type their year decides.

use padlock_pki::explain::{Problem, ProblemKind, explain};

use crate::{read, replaced, rich};

/// RFC 5280 §4.1.2.5: `UTCTime` to 2049, `GeneralizedTime` from 2050 on. Where that is not kept to,
/// it is said, and nobody refuses the certificate for it: neither OpenSSL nor webpki does.
#[test]
fn times_have_the_type_of_their_year() {
    let der = rich();
    let (tree, _) = explain(&der);
    for (label, time, is_problem) in [
        ("notBefore", "20200101000000Z", true),
        ("notBefore", "20491231235959Z", true),
        ("notAfter", "20491231235959Z", true),
        ("notAfter", "20500101000000Z", false),
        ("notAfter", "99991231235959Z", false),
        ("notAfter", "491231235959Z", false),
    ] {
        let target = tree.find(label).unwrap().range.clone();
        let (identifier, length) = match time.len() {
            13 => (0x17, 13),
            _ => (0x18, 15),
        };
        let value = [&[identifier, length], time.as_bytes()].concat();
        let changed = replaced(&der, &tree, &target, &value);
        let (tree, problems) = explain(&changed);
        let contents = tree.find(label).unwrap().children[2].range.start;
        let problem = Problem {
            kind: ProblemKind::TimeType,
            at: contents,
        };
        let expected: Vec<_> = is_problem.then_some(problem).into_iter().collect();
        assert_eq!(problems, expected, "{label} {time}");
        assert_eq!(read(&changed), Ok(()), "{label} {time}");
    }
}
