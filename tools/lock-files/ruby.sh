#!/bin/sh
# Makes the Gemfile.lock in the testdata of lang/gemfile-lock, out of gems that it builds, and beside it `expected.txt`: name and
# version of every gem that is not the project's own, as Bundler reads them.
#
#   sh tools/lock-files/ruby.sh        needs Ruby 3.1, and Debian's ruby-bundler and git
set -eu
testdata=$(cd "$(dirname "$0")/../.." && pwd)/src/extract/lang/gemfile-lock/testdata/bundler
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$testdata" "$work/source/gems" "$work/shop"

# Folder, name, version, more lines of the specification.
specify() {
  mkdir -p "$1" && cd "$1"
  printf 'Gem::Specification.new do |s|\n  s.name = "%s"\n  s.version = "%s"\n  s.summary = s.author = "x"\n%s\nend\n' "$2" "$3" "$4" > "$2.gemspec"
}
publish() {
  specify "$work/gems/$1-$2" "$1" "$2" "$3"
  gem build --silent "$1.gemspec" && mv ./*.gem "$work/source/gems"
}
publish acme-web 2.2.3 '  s.add_dependency "acme_log", "~> 1.0"'
publish acme_log 1.4.0.pre2 ''
publish acme-native 1.13.0 ''
publish acme-native 1.13.0 '  s.platform = "x86_64-linux"'
rm -r "$work/gems/acme-native-1.13.0"
publish acme-native 1.13.0 '  s.platform = "java"'
publish acme-unit 5.16.0 '  s.add_dependency "acme-diff", ">= 1"'
publish acme-diff 1.5.0 ''
cd "$work/source" && gem generate_index --silent

specify "$work/from-git" from-git 0.3.0 ''
git init -q && git add . && git -c user.name=x -c user.email=x@example.com commit -qm x
specify "$work/shop/own" own 2.0.0 '  s.add_dependency "acme-web", ">= 2"'

cd "$work/shop"
cat > Gemfile <<RUBY
source "file://$work/source"
gem "own", path: "own"
gem "from-git", git: "file://$work/from-git"
gem "acme-web"
gem "acme-native"
gem "acme_log", ">= 1.4.0.pre"
group(:test) { gem "acme-unit", "~> 5.0" }
RUBY
BUNDLE_PATH=$work/bundle bundle lock --add-platform java x86_64-linux >&2
ruby -rbundler -e '
  Bundler::LockfileParser.new(File.read("Gemfile.lock")).specs.each do |spec|
    puts "#{spec.name} #{spec.version}" unless spec.source.instance_of?(Bundler::Source::Path)
  end' | LC_ALL=C sort -u > "$testdata/expected.txt"
sed -e "s#file://$work/source#https://rubygems.org#" -e "s#file://$work#https://example.com#" Gemfile.lock > "$testdata/Gemfile.lock"
