import type { CheckSentences } from './types.ts';

/** Roles, services, namespaces and API versions. */
export const kubernetesClusterEn = {
  'kubernetes/rbac-wildcard-everything': {
    title: 'Everything allowed',
    message: 'The role allows every verb on every resource.',
    why: 'Whoever has it owns what it covers: the namespace, or the cluster.',
    remedy: 'Name the resources and verbs that are needed.',
  },
  'kubernetes/rbac-wildcard-resources': {
    title: 'Every resource allowed',
    message: 'The role allows {verbs} on every resource.',
    why: 'Secrets and kinds that are added later are among them.',
    remedy: 'Name the resources that are needed.',
  },
  'kubernetes/rbac-wildcard-verbs': {
    title: 'Every verb allowed',
    message: 'The role allows every verb on {what}.',
    why: 'Verbs such as `escalate`, `bind` or `deletecollection` are among them.',
    remedy: 'Name the verbs that are needed.',
  },
  'kubernetes/rbac-read-secrets': {
    title: 'May read secrets',
    message: 'The role allows {verbs} on {what}.',
    why: '`get`, `list` and `watch` give away every secret that it covers, tokens of other accounts too.',
    remedy: 'Name the one Secret in `resourceNames` with `get`, or mount it into the pod.',
  },
  'kubernetes/rbac-escalate': {
    title: 'May raise its own rights',
    message: 'The role allows the verb `{what}`.',
    why: 'With `escalate`, `bind` or `impersonate` its holder gets rights that nobody gave.',
    remedy: 'Remove the verb.',
  },
  'kubernetes/rbac-manage-access': {
    title: 'May change who may do what',
    message: 'The role allows {verbs} on {what}.',
    why: 'Its holder can hand out every right that it has, and with luck more.',
    remedy: 'Leave roles and bindings to administrators.',
  },
  'kubernetes/rbac-exec': {
    title: 'May enter pods',
    message: 'The role allows {verbs} on {what}.',
    why: 'Its holder runs commands in running containers and reads what they hold.',
    remedy: 'Remove it, or give it for the time of need.',
  },
  'kubernetes/rbac-create-pods': {
    title: 'May start pods',
    message: 'The role allows {verbs} on {what}.',
    why: 'A pod may use any service account and Secret of the namespace.',
    remedy: 'Give it to deployment tools only, and enforce the Pod Security Standards in the namespace.',
  },
  'kubernetes/rbac-node-proxy': {
    title: 'May reach the kubelet',
    message: 'The role allows {verbs} on {what}.',
    why: 'The kubelet’s interface runs commands in every pod of the node, past audit and admission.',
    remedy: 'Remove it; `nodes/metrics` and `nodes/stats` are enough for monitoring.',
  },
  'kubernetes/rbac-approve-certificates': {
    title: 'May approve certificates',
    message: 'The role allows {verbs} on {what}.',
    why: 'Its holder makes itself certificates in any name.',
    remedy: 'Leave approval to the controllers of the cluster.',
  },
  'kubernetes/rbac-webhooks': {
    title: 'May change admission webhooks',
    message: 'The role allows {verbs} on {what}.',
    why: 'A webhook sees every object that is created, Secrets too, and can change it.',
    remedy: 'Leave webhooks to administrators.',
  },
  'kubernetes/rbac-create-tokens': {
    title: 'May make tokens',
    message: 'The role allows {verbs} on {what}.',
    why: 'Its holder acts as any service account of the namespace.',
    remedy: 'Name the one account in `resourceNames`, or remove it.',
  },
  'kubernetes/rbac-create-volumes': {
    title: 'May make persistent volumes',
    message: 'The role allows {verbs} on {what}.',
    why: 'A volume of the type `hostPath` opens the files of the nodes.',
    remedy: 'Let users claim volumes, and leave making them to provisioners.',
  },
  'kubernetes/rbac-cluster-admin': {
    title: 'Binding to cluster-admin',
    message: '`cluster-admin` is given to {subjects}.',
    why: 'They may do everything in the cluster.',
    remedy: 'Bind a role with the rights that are needed.',
  },
  'kubernetes/rbac-anonymous': {
    title: 'Rights for everybody',
    message: '`{subject}` is given the role `{role}`.',
    why: 'Whoever reaches the API has the role, without a login.',
    remedy: 'Remove the subject.',
  },
  'kubernetes/rbac-authenticated': {
    title: 'Rights for every account',
    message: '`{subject}` is given the role `{role}`.',
    why: 'Every user and every pod with a token has the role.',
    remedy: 'Name the accounts that need it.',
  },
  'kubernetes/rbac-masters': {
    title: 'Group system:masters',
    message: '`{subject}` is named in a binding.',
    why: 'Members of the group pass every check, and the right cannot be taken away from a certificate.',
    remedy: 'Use roles and other groups.',
  },
  'kubernetes/rbac-default-account': {
    title: 'Rights for the default service account',
    message: 'The role `{role}` is given to the service account `{subject}`.',
    why: 'Every pod of the namespace that names no account has it.',
    remedy: 'Make a service account for the workload.',
  },
  'kubernetes/service-external-ips': {
    title: 'External addresses of a Service',
    message: 'The Service takes the addresses {addresses}.',
    why: 'A Service may take over the traffic of any address, other people’s too (CVE-2020-8554).',
    remedy: 'Remove `externalIPs` and use a load balancer.',
  },
  'kubernetes/service-node-port': {
    title: 'Port on every node',
    message: 'The Service opens a port on every node.',
    why: 'It is reachable past ingress and firewalls of the load balancer.',
    remedy: 'Use `ClusterIP` behind an Ingress or Gateway.',
  },
  'kubernetes/service-load-balancer-open': {
    title: 'Load balancer open to all',
    message: 'The Service asks for a load balancer and limits no addresses.',
    why: 'In most clouds it is reachable from the whole Internet.',
    remedy: 'Set `loadBalancerSourceRanges`, or the provider’s annotation for an internal one.',
  },
  'kubernetes/ingress-without-tls': {
    title: 'Ingress without TLS',
    message: 'The Ingress has no `tls`.',
    why: 'Requests, sessions and passwords travel in the clear unless something before it encrypts.',
    remedy: 'Add `tls` with the hosts and a certificate’s Secret.',
  },
  'kubernetes/namespace-not-enforced': {
    title: 'Namespace without an enforced standard',
    message: 'The namespace `{namespace}` enforces no level of the Pod Security Standards that would refuse anything.',
    why: 'Privileged pods start in it, whoever writes them.',
    remedy:
      'Set the label `pod-security.kubernetes.io/enforce` to `restricted` or `baseline`, unless another admission controller does the same.',
  },
  'kubernetes/namespace-default': {
    title: 'Namespace default',
    message: 'The object is put into the namespace `default`.',
    why: 'Rights and policies there hold for everything that nobody placed.',
    remedy: 'Use a namespace of its own.',
  },
  'kubernetes/namespace-kube-system': {
    title: 'Namespace kube-system',
    message: 'The workload is put into the namespace `kube-system`.',
    why: 'It stands beside the components of the cluster, with their accounts and Secrets in reach.',
    remedy: 'Use a namespace of its own.',
  },
  'kubernetes/api-removed': {
    title: 'API version that is gone',
    message: '`{api}` is not served since Kubernetes {version}; instead: {instead}.',
    why: 'Clusters refuse the manifest.',
    remedy: 'Move the manifest to the version that is served.',
  },
  'kubernetes/network-policy-missing': {
    title: 'No network policy',
    message: 'No NetworkPolicy of this file selects the pod.',
    why: 'Every pod of the cluster can reach it, and it can reach every address.',
    remedy: 'Add a policy that denies by default, and one that allows what is needed.',
  },
} as const satisfies Readonly<Record<string, CheckSentences>>;
