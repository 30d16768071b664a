import { programs } from './bin/programs/index.ts';
import { bunLock } from './lang/bun-lock/index.ts';
import { cargo } from './lang/cargo/index.ts';
import { cargoLock } from './lang/cargo-lock/index.ts';
import { composer } from './lang/composer/index.ts';
import { composerLock } from './lang/composer-lock/index.ts';
import { conanLock } from './lang/conan-lock/index.ts';
import { conda } from './lang/conda/index.ts';
import { dotnet } from './lang/dotnet/index.ts';
import { gem } from './lang/gem/index.ts';
import { gemfileLock } from './lang/gemfile-lock/index.ts';
import { go } from './lang/go/index.ts';
import { goMod } from './lang/go-mod/index.ts';
import { gradleLock } from './lang/gradle-lock/index.ts';
import { java } from './lang/java/index.ts';
import { mavenPom } from './lang/maven-pom/index.ts';
import { mixLock } from './lang/mix-lock/index.ts';
import { npm } from './lang/npm/index.ts';
import { npmLock } from './lang/npm-lock/index.ts';
import { nugetLock } from './lang/nuget-lock/index.ts';
import { pnpmLock } from './lang/pnpm-lock/index.ts';
import { podfileLock } from './lang/podfile-lock/index.ts';
import { pubspecLock } from './lang/pubspec-lock/index.ts';
import { python } from './lang/python/index.ts';
import { pythonLock } from './lang/python-lock/index.ts';
import { requirements } from './lang/requirements/index.ts';
import { swiftResolved } from './lang/swift-resolved/index.ts';
import { unlocked } from './lang/unlocked/index.ts';
import { yarnLock } from './lang/yarn-lock/index.ts';
import { apk } from './os/apk/index.ts';
import { dpkg } from './os/dpkg/index.ts';
import { pacman } from './os/pacman/index.ts';
import { portage } from './os/portage/index.ts';
import { redhatContent } from './os/redhat-content/index.ts';
import { release } from './os/release/index.ts';
import { rpm } from './os/rpm/index.ts';
import type { Extractor } from './types.ts';

/** Every extractor there is; one that is not listed here does not exist. A test compares this list with the folders. */
export const extractors: readonly Extractor[] = [
  release,
  apk,
  dpkg,
  rpm,
  pacman,
  portage,
  redhatContent,
  npm,
  python,
  java,
  go,
  cargo,
  gem,
  composer,
  dotnet,
  conda,
  programs,
  npmLock,
  pnpmLock,
  yarnLock,
  bunLock,
  pythonLock,
  requirements,
  mavenPom,
  gradleLock,
  cargoLock,
  gemfileLock,
  composerLock,
  nugetLock,
  goMod,
  mixLock,
  pubspecLock,
  podfileLock,
  swiftResolved,
  conanLock,
  unlocked,
];
