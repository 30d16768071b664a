import { safeText } from '../../util/terminal/text.ts';
import { nameOfFlaw, namesOfFlaw } from '../gitlab-security/flaws.ts';
import { dependency, type GitlabKind, MOST_NAME } from '../gitlab-security/kind.ts';
import { imageName } from '../image-name.ts';

export const containerScanning: GitlabKind = {
  scan: 'container_scanning',
  entries: (issue) => (issue.finding ? [issue] : []),
  name: nameOfFlaw,
  identifiers: namesOfFlaw,
  location(issue, { inventory: { target, distro } }) {
    const repository = target.repository === undefined ? undefined : safeText(target.repository);
    return {
      dependency: dependency(issue),
      operating_system: (distro && safeText([distro.id, distro.versionId].filter(Boolean).join(' '))) || 'unknown',
      image: safeText(imageName(target)) || '-',
      ...(repository === undefined || repository === '' || repository.length > MOST_NAME ? {} : { default_branch_image: repository }),
    };
  },
};
