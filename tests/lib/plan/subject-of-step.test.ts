import { describe, expect, it } from 'vitest'
import type { PlannedCall } from '@/lib/plan/command'
import type { Subject } from '@/lib/plan/seen'
import { planStep, refTo } from '@/lib/plan/step'
import { subjectOfStep } from '@/lib/plan/subject-of-step'

const web: Subject = { kind: 'service', cluster: 'shop', service: 'web' }
const ns = refTo('namespace', 'namespaceId')

describe('what a step of an imported plan is about', () => {
  it.each<[PlannedCall, Subject | null]>([
    [
      { command: 'ecs:CreateCluster', input: { clusterName: 'shop' } },
      { kind: 'cluster', cluster: 'shop' },
    ],
    [
      { command: 'ecs:CreateCluster', input: {} },
      { kind: 'cluster', cluster: 'default' },
    ],
    [
      { command: 'ecs:DeleteCluster', input: { cluster: 'shop' } },
      { kind: 'cluster', cluster: 'shop' },
    ],
    [{ command: 'ecs:DeleteCluster', input: { cluster: refTo('a', 'clusterArn') } }, null],
    [{ command: 'ecs:CreateService', input: { cluster: 'shop', serviceName: 'web' } }, web],
    [{ command: 'ecs:UpdateService', input: { cluster: 'shop', service: 'web' } }, web],
    [{ command: 'ecs:DeleteService', input: { cluster: 'shop', service: 'web' } }, web],
    [
      { command: 'ecs:CreateService', input: { cluster: refTo('a', 'clusterArn'), serviceName: 'web' } },
      null,
    ],
    [{ command: 'ecs:CreateService', input: { serviceName: 'web' } }, null],
    [
      { command: 'ecs:StopTask', input: { cluster: 'shop', task: 'abc' } },
      { kind: 'task', cluster: 'shop', task: 'abc' },
    ],
    [{ command: 'ecs:StopTask', input: { task: 'abc' } }, null],
    [
      { command: 'servicediscovery:CreateHttpNamespace', input: { Name: 'a' } },
      { kind: 'namespace', name: 'a' },
    ],
    [
      { command: 'servicediscovery:CreatePublicDnsNamespace', input: { Name: 'a.org' } },
      { kind: 'namespace', name: 'a.org' },
    ],
    [
      { command: 'servicediscovery:CreatePrivateDnsNamespace', input: { Name: 'a', Vpc: 'vpc-1' } },
      { kind: 'namespace', name: 'a' },
    ],
    [
      { command: 'servicediscovery:CreateService', input: { Name: 'web', NamespaceId: 'ns-1' } },
      { kind: 'discovery service', namespaceId: 'ns-1', name: 'web' },
    ],
    [{ command: 'servicediscovery:CreateService', input: { Name: 'web', NamespaceId: ns } }, null],
    [{ command: 'servicediscovery:DeleteNamespace', input: { Id: 'ns-1' } }, null],
    [{ command: 'ecs:RunTask', input: { cluster: 'shop', taskDefinition: 'web' } }, null],
  ])('%j', (call, wanted) => {
    expect(subjectOfStep(planStep(call, { id: 'it', sentence: 'Do it.' }))).toEqual(wanted)
  })
})
