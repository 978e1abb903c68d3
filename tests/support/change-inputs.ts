import type { TaskDefinitionForm } from '@/lib/changes/fields/task-definition'
import type { CreateClusterInput } from '@/lib/changes/inputs/create-cluster'
import type { CreateDiscoveryServiceInput } from '@/lib/changes/inputs/create-discovery-service'
import type { CreateNamespaceInput } from '@/lib/changes/inputs/create-namespace'
import type { CreateServiceInput } from '@/lib/changes/inputs/create-service'
import type { RunTaskInput } from '@/lib/changes/inputs/run-task'
import { clusterArn, definitionArn } from './inventory'

// One good input per kind; tests change what they are about.

export const clusterInput = (more: Partial<CreateClusterInput> = {}): CreateClusterInput => ({
  name: 'shop',
  containerInsights: 'disabled',
  capacityProviders: [],
  serviceConnectNamespaceId: '',
  tags: [],
  ...more,
})

type PrivateNamespace = Extract<CreateNamespaceInput, { type: 'DNS_PRIVATE' }>

export const namespaceInput = (more: Partial<PrivateNamespace> = {}): PrivateNamespace => ({
  type: 'DNS_PRIVATE',
  name: 'shop.local',
  vpcId: 'vpc-1',
  soaTtlSeconds: 15,
  description: '',
  tags: [],
  ...more,
})

export const discoveryInput = (
  more: Partial<CreateDiscoveryServiceInput> = {},
): CreateDiscoveryServiceInput => ({
  namespace: { kind: 'existing', id: 'ns-production.local', type: 'DNS_PRIVATE' },
  name: 'api',
  records: 'A',
  routing: 'MULTIVALUE',
  ttlSeconds: 60,
  health: { kind: 'custom' },
  forEcsTasks: true,
  description: '',
  tags: [],
  ...more,
})

type Container = TaskDefinitionForm['containers'][number]

export const containerInput = (more: Partial<Container> = {}): Container => ({
  name: 'api',
  image: 'api:1',
  essential: true,
  command: [],
  ports: [{ name: 'http', containerPort: 8080, protocol: 'tcp', appProtocol: 'http' }],
  environment: [],
  secrets: [],
  healthCheck: { kind: 'none' },
  logs: { kind: 'none' },
  ...more,
})

export const definitionForm = (more: Partial<TaskDefinitionForm> = {}): TaskDefinitionForm => ({
  family: 'api',
  cpu: 256,
  memoryMib: 512,
  architecture: 'X86_64',
  executionRoleArn: '',
  taskRoleArn: '',
  containers: [containerInput()],
  tags: [],
  ...more,
})

export const serviceInput = (more: Partial<CreateServiceInput> = {}): CreateServiceInput => ({
  cluster: { kind: 'existing', arn: clusterArn() },
  name: 'api',
  taskDefinition: { kind: 'form', form: definitionForm() },
  desiredCount: 2,
  capacity: { kind: 'launch type', launchType: 'FARGATE' },
  network: { subnets: ['subnet-1a', 'subnet-1b'], securityGroups: ['sg-1'], assignPublicIp: false },
  deployment: { minimumHealthyPercent: 100, maximumPercent: 200, circuitBreaker: true, rollback: true },
  registry: { kind: 'none' },
  serviceConnect: { kind: 'none' },
  enableExecuteCommand: false,
  propagateTags: 'NONE',
  tags: [],
  ...more,
})

export const runInput = (more: Partial<RunTaskInput> = {}): RunTaskInput => ({
  clusterArn: clusterArn(),
  taskDefinition: { kind: 'existing', arn: definitionArn('web') },
  count: 1,
  launchType: 'FARGATE',
  network: { subnets: ['subnet-1a'], securityGroups: [], assignPublicIp: true },
  enableExecuteCommand: false,
  tags: [],
  ...more,
})
