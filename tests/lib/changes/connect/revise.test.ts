import { describe, expect, it } from 'vitest'
import { revised } from '@/lib/changes/connect/revise'
import { taskDefinitionFaults } from '@/lib/changes/task-definition-faults'
import { revision } from '../../../support/connect-world'

const two = revision('web', 80, {
  tags: [{ key: 'team', value: 'shop' }],
  containerDefinitions: [
    {
      name: 'web',
      image: 'web:1',
      environment: [{ name: 'A', value: '1' }],
      portMappings: [
        { containerPort: 80, hostPort: 80, protocol: 'tcp' },
        { containerPort: 80, protocol: 'udp' },
        { containerPort: 81, name: 'admin', appProtocol: 'http' },
      ],
    },
    { name: 'log', image: 'log:1' },
  ],
})
const port = (more = {}) => ({
  container: 'web',
  containerPort: 80,
  name: 'http',
  appProtocol: 'http' as const,
  ...more,
})

describe('a revision for Service Connect', () => {
  it('names one port and leaves everything else as it is', () => {
    const next = revised(two, { ports: [port()], size: null })
    expect(next).toEqual({
      ...two,
      containerDefinitions: [
        {
          ...two.containerDefinitions?.[0],
          portMappings: [
            { containerPort: 80, hostPort: 80, protocol: 'tcp', name: 'http', appProtocol: 'http' },
            { containerPort: 80, protocol: 'udp' },
            { containerPort: 81, name: 'admin', appProtocol: 'http' },
          ],
        },
        { name: 'log', image: 'log:1' },
      ],
    })
    expect(taskDefinitionFaults(next)).toEqual([])
  })

  it('is none when all is as wished', () => {
    expect(revised(two, { ports: [port({ containerPort: 81, name: 'admin' })], size: null })).toBeNull()
    expect(revised(two, { ports: [], size: null })).toBeNull()
    expect(revised(two, { ports: [port({ container: 'gone' })], size: null })).toBeNull()
  })

  it('takes a protocol away as well as it gives one', () => {
    const next = revised(two, {
      ports: [port({ containerPort: 81, name: 'admin', appProtocol: '' })],
      size: null,
    })
    expect(next?.containerDefinitions?.[0]?.portMappings?.[2]).toEqual({ containerPort: 81, name: 'admin' })
  })

  it('changes the size as texts, as the API has it', () => {
    expect(revised(two, { ports: [], size: { cpu: 512, memoryMib: 2_048 } })).toMatchObject({
      cpu: '512',
      memory: '2048',
      containerDefinitions: two.containerDefinitions,
    })
  })
})
