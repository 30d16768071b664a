/** An API version that a release of Kubernetes stopped serving. */
export interface RemovedApi {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** Minor number of the first release without it. */
  readonly removed: number;
  /** What serves the kind instead, where something does. */
  readonly instead?: string;
  /** True where the guide says that nothing else changes: the version alone can be replaced. */
  readonly same?: true;
}

const REVIEWS = ['LocalSubjectAccessReview', 'SelfSubjectAccessReview', 'SubjectAccessReview', 'SelfSubjectRulesReview'];
const ROLES = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];
const FLOWS = ['FlowSchema', 'PriorityLevelConfiguration'];
const APPS = ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'];

/** Source: kubernetes.io/docs/reference/using-api/deprecation-guide, newest release first. */
export const REMOVED_APIS: readonly RemovedApi[] = [
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', kinds: FLOWS, removed: 32, instead: 'flowcontrol.apiserver.k8s.io/v1' },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2', kinds: FLOWS, removed: 29, instead: 'flowcontrol.apiserver.k8s.io/v1' },
  { apiVersion: 'storage.k8s.io/v1beta1', kinds: ['CSIStorageCapacity'], removed: 27, instead: 'storage.k8s.io/v1', same: true },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta1', kinds: FLOWS, removed: 26, instead: 'flowcontrol.apiserver.k8s.io/v1' },
  { apiVersion: 'autoscaling/v2beta2', kinds: ['HorizontalPodAutoscaler'], removed: 26, instead: 'autoscaling/v2' },
  { apiVersion: 'batch/v1beta1', kinds: ['CronJob'], removed: 25, instead: 'batch/v1', same: true },
  { apiVersion: 'discovery.k8s.io/v1beta1', kinds: ['EndpointSlice'], removed: 25, instead: 'discovery.k8s.io/v1' },
  { apiVersion: 'events.k8s.io/v1beta1', kinds: ['Event'], removed: 25, instead: 'events.k8s.io/v1' },
  { apiVersion: 'autoscaling/v2beta1', kinds: ['HorizontalPodAutoscaler'], removed: 25, instead: 'autoscaling/v2' },
  { apiVersion: 'policy/v1beta1', kinds: ['PodDisruptionBudget'], removed: 25, instead: 'policy/v1' },
  { apiVersion: 'policy/v1beta1', kinds: ['PodSecurityPolicy'], removed: 25 },
  { apiVersion: 'node.k8s.io/v1beta1', kinds: ['RuntimeClass'], removed: 25, instead: 'node.k8s.io/v1', same: true },
  {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    removed: 22,
    instead: 'admissionregistration.k8s.io/v1',
  },
  { apiVersion: 'apiextensions.k8s.io/v1beta1', kinds: ['CustomResourceDefinition'], removed: 22, instead: 'apiextensions.k8s.io/v1' },
  { apiVersion: 'apiregistration.k8s.io/v1beta1', kinds: ['APIService'], removed: 22, instead: 'apiregistration.k8s.io/v1', same: true },
  { apiVersion: 'authentication.k8s.io/v1beta1', kinds: ['TokenReview'], removed: 22, instead: 'authentication.k8s.io/v1', same: true },
  { apiVersion: 'authorization.k8s.io/v1beta1', kinds: REVIEWS, removed: 22, instead: 'authorization.k8s.io/v1' },
  { apiVersion: 'certificates.k8s.io/v1beta1', kinds: ['CertificateSigningRequest'], removed: 22, instead: 'certificates.k8s.io/v1' },
  { apiVersion: 'coordination.k8s.io/v1beta1', kinds: ['Lease'], removed: 22, instead: 'coordination.k8s.io/v1', same: true },
  { apiVersion: 'extensions/v1beta1', kinds: ['Ingress'], removed: 22, instead: 'networking.k8s.io/v1' },
  { apiVersion: 'networking.k8s.io/v1beta1', kinds: ['Ingress'], removed: 22, instead: 'networking.k8s.io/v1' },
  { apiVersion: 'networking.k8s.io/v1beta1', kinds: ['IngressClass'], removed: 22, instead: 'networking.k8s.io/v1', same: true },
  { apiVersion: 'rbac.authorization.k8s.io/v1beta1', kinds: ROLES, removed: 22, instead: 'rbac.authorization.k8s.io/v1', same: true },
  { apiVersion: 'scheduling.k8s.io/v1beta1', kinds: ['PriorityClass'], removed: 22, instead: 'scheduling.k8s.io/v1', same: true },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    removed: 22,
    instead: 'storage.k8s.io/v1',
    same: true,
  },
  { apiVersion: 'extensions/v1beta1', kinds: ['NetworkPolicy'], removed: 16, instead: 'networking.k8s.io/v1' },
  { apiVersion: 'extensions/v1beta1', kinds: ['PodSecurityPolicy'], removed: 16 },
  { apiVersion: 'extensions/v1beta1', kinds: APPS, removed: 16, instead: 'apps/v1' },
  { apiVersion: 'apps/v1beta1', kinds: APPS, removed: 16, instead: 'apps/v1' },
  { apiVersion: 'apps/v1beta2', kinds: APPS, removed: 16, instead: 'apps/v1' },
];
