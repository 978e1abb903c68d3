import { expect, it } from 'vitest'
import { registrationAttributes } from '@/lib/emulator/scheduler/registration-attributes'
import { aCheckedTask, aTask } from '../../../support/ecs-records'
import { testScope } from '../../../support/test-context'

const records = (...types: ('A' | 'SRV')[]) => ({ dnsRecords: types.map((Type) => ({ Type, TTL: 60 })) })

it('are the ones ECS writes, and no others', () => {
  expect(registrationAttributes(testScope, aTask(), { registryArn: 'x' }, records('A'))).toEqual({
    AVAILABILITY_ZONE: 'us-east-1a',
    AWS_INIT_HEALTH_STATUS: 'HEALTHY',
    AWS_INSTANCE_IPV4: '127.10.0.1',
    ECS_CLUSTER_NAME: 'default',
    ECS_SERVICE_NAME: 'web',
    ECS_TASK_DEFINITION_FAMILY: 'backend',
    REGION: 'us-east-1',
  })
})

it.each(['HEALTHY', 'UNKNOWN', 'UNHEALTHY'] as const)(
  'begin UNHEALTHY for a task with a health check, though it is %s by now',
  (health) => {
    const attributes = registrationAttributes(testScope, aCheckedTask(health), {}, records('A'))
    expect(attributes.AWS_INIT_HEALTH_STATUS).toBe('UNHEALTHY')
  },
)

it.each([
  [{ port: 8080 }, '8080'],
  [{ containerName: 'app', containerPort: 9090 }, '9090'],
  [{}, undefined],
])('with an SRV record and %j the port is %s', (registry, port) => {
  expect(registrationAttributes(testScope, aTask(), registry, records('SRV')).AWS_INSTANCE_PORT).toBe(port)
  expect(registrationAttributes(testScope, aTask(), registry, records('A'))).not.toHaveProperty(
    'AWS_INSTANCE_PORT',
  )
})
