import { describe, expect, it } from 'vitest';
import { maskSecrets } from './mask.ts';

describe('maskSecrets', () => {
  it.each([
    ['ENV DB_PASSWORD hunter2', 'ENV DB_PASSWORD *******'],
    ['ENV DB_PASSWORD=hunter2', 'ENV DB_PASSWORD=*******'],
    ['+ENV A=b API_TOKEN="hunter2" C=d', '+ENV A=b API_TOKEN="*******" C=d'],
    ['ARG NPM_TOKEN=hunter2', 'ARG NPM_TOKEN=*******'],
    ['  password: hunter2', '  password: *******'],
    ['postgres://app:hunter2@db/x', 'postgres://app:*******@db/x'],
    ['docker run -e DB_PASSWORD=hunter2 image', 'docker run -e DB_PASSWORD=******* image'],
    ['the password is kept elsewhere', 'the password is kept elsewhere'],
    ['ENV DB_PASSWORD_FILE=/run/secrets/db', 'ENV DB_PASSWORD_FILE=/run/secrets/db'],
    ['app ALL=(ALL) NOPASSWD:ALL', 'app ALL=(ALL) NOPASSWD:ALL'],
    ['ENV DB_PASSWORD=$PASSWORD', 'ENV DB_PASSWORD=$PASSWORD'],
  ])('%s', (line, masked) => {
    expect(maskSecrets(line)).toBe(masked);
  });

  it('ends on long lines', () => {
    const line = 'a '.repeat(200_000);
    expect(maskSecrets(line)).toBe(line);
  });
});
