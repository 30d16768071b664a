<?php
/**
 * Prints vectors for src/versions/packagist/testdata: random pairs of versions with the answer of composer/semver. Needs PHP and
 * composer/semver (Debian's php-composer-semver), whose autoload.php is the first argument.
 * Run: php tools/versions/packagist-vectors.php /usr/share/php/Composer/Semver/autoload.php [count] [seed] > the file.
 * Pairs that Composer refuses are left out. Those that it calls equal and PHP's version_compare does not are written with `?`, in a
 * comment: they are undecided.
 */
require $argv[1];

use Composer\Semver\Comparator;
use Composer\Semver\VersionParser;

mt_srand((int) ($argv[3] ?? 1));
$numbers = ['0', '1', '2', '9', '10', '00', '01', '99999', '2024', '20240131', '2024-01-31'];
$words = ['stable', 'beta', 'b', 'RC', 'rc', 'alpha', 'a', 'patch', 'pl', 'p', 'dev', 'BETA'];
$pick = fn (array $list) => $list[mt_rand(0, count($list) - 1)];

$version = function () use ($numbers, $words, $pick) {
    $text = $pick(['', '', '', 'v']) . $pick($numbers);
    for ($parts = mt_rand(0, 3); $parts > 0; $parts--) {
        $text .= '.' . $pick($numbers);
    }
    if (mt_rand(0, 1) === 0) {
        $text .= $pick(['', '-', '.', '_']) . $pick($words) . $pick(['', '1', '2', '.1', '-10', '2.1']);
    }
    return $text . $pick(['', '', '', '', '-dev', '.x-dev', '+build']);
};
$change = function (string $text) use ($pick) {
    $at = mt_rand(1, strlen($text));
    return substr($text, 0, $at) . $pick(['', '0', '1', '.0', '.1', '-beta', '-dev', 'p1', '-RC']) . substr($text, $at + mt_rand(0, 1));
};

$parser = new VersionParser();
for ($printed = 0; $printed < (int) ($argv[2] ?? 500);) {
    $left = $version();
    $right = mt_rand(0, 1) === 0 ? $version() : $change($left);
    try {
        $a = $parser->normalize($left);
        $b = $parser->normalize($right);
    } catch (UnexpectedValueException) {
        continue;
    }
    if (str_starts_with($a, 'dev-') || str_starts_with($b, 'dev-')) {
        continue;
    }
    $sign = Comparator::lessThan($a, $b) ? '<' : (Comparator::greaterThan($a, $b) ? '>' : '=');
    $numbersOf = fn (string $text) => preg_match_all('/\d+/', preg_replace('/[^0-9.].*$/s', '', ltrim($text, 'vV')));
    echo $sign === '=' && $numbersOf($left) !== $numbersOf($right) ? "# $left ? $right\n" : "$left $sign $right\n";
    $printed++;
}
