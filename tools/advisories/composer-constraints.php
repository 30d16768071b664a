<?php
/**
 * Prints `constraint | version | yes or no` for src/advisories/friendsofphp/testdata: random constraints in the forms that the PHP
 * advisories database uses, with the answer of composer/semver. Needs PHP and composer/semver, whose autoload.php is the first argument.
 * Run: php tools/advisories/composer-constraints.php /usr/share/php/Composer/Semver/autoload.php [count] [seed] > the file.
 */
require $argv[1];

mt_srand((int) ($argv[3] ?? 1));
$pick = fn (array $list) => $list[mt_rand(0, count($list) - 1)];
$version = fn (int $parts) => implode('.', array_map(fn () => mt_rand(0, 2), range(1, $parts))) . $pick(['', '', '', '-beta1', '-RC2', '-p1', '-dev']);

for ($i = 0; $i < (int) ($argv[2] ?? 300); $i++) {
    $bound = $version(mt_rand(1, 4));
    $constraint = $pick(['>=', '<', '>', '<=', '=']) . $bound;
    if (mt_rand(0, 1) === 0) {
        $constraint .= ',' . $pick(['<', '<=', '>=']) . $version(mt_rand(1, 4));
    }
    $near = implode('.', array_slice([...explode('.', preg_replace('/-.*/', '', $bound)), '0', '0'], 0, 3)) . $pick(['', '-beta1', '-RC2', '-p1', '-dev']);
    $subject = mt_rand(0, 1) === 0 ? $near : $version(3);
    echo "$constraint | $subject | " . (Composer\Semver\Semver::satisfies($subject, $constraint) ? 'yes' : 'no') . "\n";
}
