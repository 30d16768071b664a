//! Prints `requirement | version | yes or no` for src/advisories/rustsec/testdata: every requirement of a small set against every
//! release of a small set, with the answer of the `semver` crate. Pre-releases are left out: RustSec goes by precedence alone there.
//! Run: cargo run --manifest-path tools/advisories/cargo-requirements/Cargo.toml > the file.

use semver::{Version, VersionReq};

const BOUNDS: [&str; 9] = ["0", "0.0", "0.0.3", "0.2", "0.2.3", "1", "1.2", "1.2.3", "1.2.3-rc.1"];
const VERSIONS: [&str; 10] = ["0.0.0", "0.0.3", "0.0.4", "0.2.2", "0.2.3", "0.3.0", "1.2.2", "1.2.3", "1.3.0", "2.0.0"];

fn main() {
    for bound in BOUNDS {
        // What is not written in full means something else with these to cargo than to RustSec, which reads zeros.
        let full = bound.split('.').count() > 2;
        for operator in ["", "^", "~", ">=", "<"].into_iter().chain([">", "<=", "="].into_iter().filter(|_| full)) {
            let text = format!("{operator}{bound}");
            let requirement = VersionReq::parse(&text).expect("a requirement");
            for version in VERSIONS {
                let answer = requirement.matches(&Version::parse(version).expect("a version"));
                println!("{text} | {version} | {}", if answer { "yes" } else { "no" });
            }
        }
    }
}
