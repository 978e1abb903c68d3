import { describe, expect, it } from 'vitest'
import type { Command } from '@/lib/plan/command'
import { faultsOfPlanned, isInputOf, isPlannedCall } from '@/lib/plan/modelled-input'
import { refTo } from '@/lib/plan/step'

const ref = refTo('cluster', 'clusterArn')
const told = (command: Command, input: unknown) =>
  faultsOfPlanned(command, input).map(({ path, why }) => `${path} ${why}`)

describe('an input by the model of AWS', () => {
  it.each<[Command, unknown, readonly string[]]>([
    ['ecs:CreateCluster', {}, []],
    ['ecs:CreateCluster', { clusterName: 'shop' }, []],
    ['ecs:CreateCluster', { clusterName: undefined }, []],
    ['ecs:CreateCluster', { clusterName: ref }, []],
    ['ecs:CreateCluster', { clusterName: 5 }, ['clusterName is a text']],
    ['ecs:CreateCluster', { clusterName: null }, ['clusterName is a text']],
    ['ecs:CreateCluster', { name: 'shop' }, ['name is not known to AWS']],
    ['ecs:CreateCluster', { toString: 'x' }, ['toString is not known to AWS']],
    ['ecs:CreateCluster', [], ['the input is an object']],
    ['ecs:CreateCluster', null, ['the input is an object']],
    ['ecs:CreateCluster', 'shop', ['the input is an object']],
    ['ecs:CreateCluster', { tags: {} }, ['tags is a list']],
    ['ecs:CreateCluster', { tags: ref }, ['tags is a list']],
    ['ecs:CreateCluster', { tags: ['a'] }, ['tags[0] is an object']],
    ['ecs:CreateCluster', { tags: [{ key: 'a' }, { key: 1 }] }, ['tags[1].key is a text']],
    ['ecs:CreateService', { serviceName: 'web', desiredCount: '2' }, ['desiredCount is a number']],
    ['ecs:CreateService', { serviceName: 'web', desiredCount: Number.NaN }, ['desiredCount is a number']],
    ['ecs:CreateService', { serviceName: 'web', desiredCount: ref }, ['desiredCount is a number']],
    [
      'ecs:CreateService',
      { serviceName: 'web', enableECSManagedTags: 'yes' },
      ['enableECSManagedTags is true or false'],
    ],
    ['ecs:CreateService', { desiredCount: 1 }, ['serviceName is missing']],
    [
      'ecs:RegisterTaskDefinition',
      { family: 'web', containerDefinitions: [{ nmae: 'web', cpu: 'x' }] },
      ['containerDefinitions[0].nmae is not known to AWS', 'containerDefinitions[0].cpu is a number'],
    ],
    [
      'ecs:RegisterTaskDefinition',
      { family: 'web', containerDefinitions: [{ dockerLabels: { a: 1 } }] },
      ['containerDefinitions[0].dockerLabels.a is a text'],
    ],
    [
      'ecs:RegisterTaskDefinition',
      { family: 'web', containerDefinitions: [{ dockerLabels: [] }] },
      ['containerDefinitions[0].dockerLabels is a map'],
    ],
    ['ecs:RegisterTaskDefinition', { family: 'web' }, ['containerDefinitions is missing']],
    ['ecs:DeleteTaskDefinitions', { taskDefinitions: [refTo('a', 'taskDefinitionArn'), 'web:1'] }, []],
    ['servicediscovery:CreatePrivateDnsNamespace', { Name: 'a.local' }, ['Vpc is missing']],
    ['servicediscovery:DeleteNamespace', {}, ['Id is missing']],
  ])('%s %j', (command, input, wanted) => {
    expect(told(command, input)).toEqual(wanted)
    expect(isPlannedCall({ command, input })).toBe(wanted.length === 0)
  })

  it('may hold references in a plan, and none when it is sent', () => {
    expect(isInputOf('ecs:DeleteCluster', { cluster: 'shop' })).toBe(true)
    expect(isInputOf('ecs:DeleteCluster', { cluster: ref })).toBe(false)
  })
})
