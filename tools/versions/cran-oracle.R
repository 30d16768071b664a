# Orders pairs of versions, one `a b` on a line of standard input, as R does. Pairs that it refuses are left out; those on which
# compareVersion and numeric_version do not agree are written with `?`, in a comment: they are undecided.
# Run: node tools/versions/random-pairs.ts cran | Rscript tools/versions/cran-oracle.R > src/versions/cran/testdata/r-4.2.txt

for (line in readLines(file("stdin"))) {
  pair <- strsplit(line, " ", fixed = TRUE)[[1]]
  versions <- numeric_version(pair, strict = FALSE)
  if (length(pair) == 2 && !anyNA(versions)) {
    order <- compareVersion(pair[1], pair[2])
    other <- if (versions[1] < versions[2]) -1 else if (versions[1] > versions[2]) 1 else 0
    text <- if (order == other) paste(pair[1], c("<", "=", ">")[2 + order], pair[2]) else paste("#", pair[1], "?", pair[2])
    cat(text, "\n", sep = "")
  }
}
