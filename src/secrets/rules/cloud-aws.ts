import type { SecretRule } from '../types.ts';
import { named, token, UUID } from './build.ts';
import { awsKeyId, mixedCase } from './checks.ts';

const aws = { service: 'AWS', severity: 'critical' } as const;
const KEYS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html';
const BEDROCK = 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html';

/** Amazon Web Services and Amazon's other interfaces. */
export const awsRules: readonly SecretRule[] = [
  token({
    ...aws,
    id: 'aws-access-key-id',
    word: 'access-key',
    severity: 'high',
    keywords: ['akia', 'asia', 'abia', 'acca'],
    body: '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}',
    check: awsKeyId,
    minEntropy: 3,
    reference: KEYS,
  }),
  named({
    ...aws,
    id: 'aws-secret-access-key',
    word: 'access-key',
    keywords: ['aws', 'secretaccess', 'secret_access', 'secret-access', 'secret.access'],
    name: String.raw`(?:aws[\w.-]{0,24}(?:secret|access)[_.-]?(?:access)?[_.-]?key|secret[_.-]?access[_.-]?key)`,
    value: '[A-Za-z0-9/+]{40}',
    end: 'base64',
    check: (secret) => mixedCase(secret) && !/EXAMPLE/.test(secret),
    minEntropy: 4,
    reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  }),
  token({
    ...aws,
    id: 'aws-session-token',
    word: 'session',
    severity: 'high',
    keywords: ['iqojb3jpz2lux2vj', 'fwogzxivyxdz'],
    body: '(?:IQoJb3JpZ2luX2Vj|FwoGZXIvYXdz)[A-Za-z0-9/+%]{100,2000}={0,2}',
    end: 'none',
    minEntropy: 4.5,
    reference: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html',
  }),
  token({
    ...aws,
    id: 'aws-bedrock-api-key',
    word: 'api-key',
    keywords: ['absk'],
    body: 'ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{90,256}={0,2}',
    end: 'base64',
    minEntropy: 4,
    reference: BEDROCK,
  }),
  token({
    ...aws,
    id: 'aws-bedrock-session-key',
    word: 'api-key',
    severity: 'high',
    keywords: ['bedrock-api-key-'],
    body: 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/]{100,3000}={0,2}',
    end: 'base64',
    minEntropy: 4,
    reference: BEDROCK,
  }),
  token({
    ...aws,
    id: 'aws-appsync-api-key',
    word: 'api-key',
    severity: 'high',
    keywords: ['da2-'],
    body: 'da2-[a-z0-9]{26}',
    minEntropy: 3.2,
    reference: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
  }),
  token({
    id: 'amazon-mws-auth-token',
    service: 'Amazon MWS',
    word: 'token',
    severity: 'high',
    keywords: ['amzn.mws.'],
    body: String.raw`amzn\.mws\.${UUID}`,
    minEntropy: 3,
    reference: 'https://developer-docs.amazon.com/sp-api/docs/migrating-from-amazon-mws',
  }),
  token({
    id: 'amazon-login-client-secret',
    service: 'Login with Amazon',
    word: 'client-secret',
    severity: 'high',
    keywords: ['amzn1.oa2-cs.'],
    body: String.raw`amzn1\.oa2-cs\.v1\.[0-9a-f]{64}`,
    minEntropy: 3.5,
    reference: 'https://developer.amazon.com/docs/login-with-amazon/register-web.html',
  }),
];
