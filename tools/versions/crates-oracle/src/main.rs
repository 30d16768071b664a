//! Orders pairs of versions, one `a b` on a line of standard input, as the `semver` crate (that of cargo) does, build
//! metadata aside. Pairs that it refuses are left out.
//! Run: node tools/versions/random-pairs.ts crates | cargo run --manifest-path tools/versions/crates-oracle/Cargo.toml
//! > src/versions/crates/testdata/semver-1.0.28.txt

use semver::Version;
use std::cmp::Ordering;
use std::io::{stdin, BufRead};

fn main() {
    for line in stdin().lock().lines().map_while(Result::ok) {
        let Some((left, right)) = line.split_once(' ') else { continue };
        let (Ok(a), Ok(b)) = (Version::parse(left), Version::parse(right)) else { continue };
        let sign = match a.cmp_precedence(&b) {
            Ordering::Less => '<',
            Ordering::Equal => '=',
            Ordering::Greater => '>',
        };
        println!("{left} {sign} {right}");
    }
}
