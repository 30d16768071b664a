import type { CheckSentences } from './types.ts';

function unpinned(command: string, form: string): CheckSentences {
  return {
    title: `Packages of ${command} without a version`,
    message: 'No version is given for: {packages}',
    why: 'The same file installs something else tomorrow, and nobody decided that it should.',
    remedy: `Give a version, \`${form}\`.`,
  };
}

function withoutYes(command: string): CheckSentences {
  return {
    title: `${command} asks before it installs`,
    message: `${command} is not told to go on without asking.`,
    why: 'Nobody answers during a build: it stops here.',
    remedy: 'Add `-y`.',
  };
}

function cacheLeft(what: string, command: string): CheckSentences {
  return {
    title: `The cache of ${what} stays in the image`,
    message: `Nothing empties the cache of ${what} in this step.`,
    why: 'A later step cannot take it out of the layer: the image is larger than it has to be.',
    remedy: `Use \`${command}\` in the same RUN, or a cache mount.`,
  };
}

/** Package managers of distributions and of languages. */
export const dockerfilePackagesEn = {
  'dockerfile/apt-unpinned': unpinned('apt-get', 'apt-get install name=version'),
  'dockerfile/apt-without-yes': withoutYes('apt-get'),
  'dockerfile/apt-recommends': {
    title: 'Recommended packages are installed too',
    message: 'apt-get installs what the packages recommend.',
    why: 'What nobody needs has flaws as well, and room to fill.',
    remedy: 'Add `--no-install-recommends`, and name what is needed. Try the image: something may have been needed unnoticed.',
  },
  'dockerfile/apt-for-scripts': {
    title: 'apt in a script',
    message: 'apt is made for people at a terminal.',
    why: 'Its options and output may change with any version.',
    remedy: 'Use apt-get or apt-cache.',
  },
  'dockerfile/apt-lists-left': {
    title: 'The package lists stay in the image',
    message: 'Nothing removes /var/lib/apt/lists in this step.',
    why: 'They are some 20 to 50 MB that a later step cannot take out, and are soon out of date.',
    remedy: 'End the RUN with `rm -rf /var/lib/apt/lists/*`, or use a cache mount.',
  },
  'dockerfile/package-upgrade': {
    title: 'All packages are upgraded',
    message: '{command} upgrades whatever is newer at the time.',
    why: 'Builds differ from day to day, and the old files stay in the lower layer.',
    remedy: 'Take a newer base image; upgrade single packages where a fix cannot wait.',
  },
  'dockerfile/package-update-alone': {
    title: 'Package lists are updated in a step of their own',
    message: '`{command}` stands in a RUN without an install.',
    why: 'The layer is kept in the cache, so that later installs take old lists: old packages with known flaws, or files that are gone.',
    remedy: 'Put update and install into one RUN, joined by `&&`.',
  },
  'dockerfile/apt-key': {
    title: 'apt-key trusts a key for everything',
    message: 'A key is added by apt-key.',
    why: 'It then vouches for packages of every repository, and apt-key is gone from newer Debian and Ubuntu.',
    remedy: 'Put the key into /etc/apt/keyrings and name it in the source: `signed-by=`.',
  },
  'dockerfile/packages-unauthenticated': {
    title: 'Packages without checked signatures',
    message: '{option} lets packages in without a valid signature.',
    why: 'Whoever is between the mirror and the build may put programs of theirs into the image.',
    remedy: 'Remove the option; add the key of the repository instead.',
  },
  'dockerfile/version-of-other-release': {
    title: 'A version of another release',
    message: '{package}={version} was made for {release}, and the image is {image}.',
    why: 'The archive of this image has no such version, or soon none: the build fails, or stays at what gets no fixes.',
    remedy: 'Give a version that `apt-cache policy` shows in this image, and change it with the base image.',
  },
  'dockerfile/release-ended': {
    title: 'A distribution without support',
    message: 'The support of {release} ended on {ended}.',
    why: 'It gets no fixes any more, so every flaw that is found in it stays.',
    remedy: 'Take a newer release as base image.',
  },
  'dockerfile/yum-without-yes': withoutYes('yum'),
  'dockerfile/yum-cache-left': cacheLeft('yum', 'yum clean all'),
  'dockerfile/yum-unpinned': unpinned('yum', 'yum install name-version'),
  'dockerfile/dnf-without-yes': withoutYes('dnf'),
  'dockerfile/dnf-cache-left': cacheLeft('dnf', 'dnf clean all'),
  'dockerfile/dnf-unpinned': unpinned('dnf', 'dnf install name-version'),
  'dockerfile/zypper-without-yes': withoutYes('zypper'),
  'dockerfile/zypper-cache-left': cacheLeft('zypper', 'zypper clean'),
  'dockerfile/zypper-dist-upgrade': {
    title: 'The distribution is upgraded',
    message: 'zypper dist-upgrade replaces the whole distribution.',
    why: 'The image is no longer what its base image says, and the old files stay below.',
    remedy: 'Take a base image of the newer release.',
  },
  'dockerfile/zypper-unpinned': unpinned('zypper', 'zypper install name=version'),
  'dockerfile/apk-unpinned': unpinned('apk', 'apk add name=version'),
  'dockerfile/apk-cache-left': cacheLeft('apk', 'apk add --no-cache'),
  'dockerfile/pip-unpinned': unpinned('pip', 'pip install name==version'),
  'dockerfile/pip-cache-left': cacheLeft('pip', 'pip install --no-cache-dir'),
  'dockerfile/npm-unpinned': unpinned('npm', 'npm install name@version'),
  'dockerfile/gem-unpinned': unpinned('gem', 'gem install name:version'),
  'dockerfile/go-unpinned': unpinned('go', 'go install module@version'),
  'dockerfile/yarn-cache-left': cacheLeft('yarn', 'yarn cache clean'),
  'dockerfile/npm-install-in-build': {
    title: 'npm install in a build',
    message: 'npm install may change what the lock file says.',
    why: 'What is built is then not what was tested.',
    remedy: 'Use `npm ci`, with package-lock.json copied in.',
  },
} as const satisfies Readonly<Record<string, CheckSentences>>;
