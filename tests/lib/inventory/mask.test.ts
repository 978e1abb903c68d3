import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskSecrets } from '@/lib/inventory/mask'

describe('a configuration as it is shown', () => {
  it('hides every environment value and keeps its name', () => {
    expect(
      maskSecrets({
        containerDefinitions: [
          {
            name: 'web',
            environment: [{ name: 'PASSWORD', value: 'hunter2' }],
            secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:…' }],
            dockerLabels: { 'com.example.key': 'hunter3' },
            logConfiguration: {
              logDriver: 'awslogs',
              options: { 'awslogs-group': '/ecs/web', 'splunk-token': 'hunter4' },
            },
            command: ['node', 'server.js'],
          },
        ],
      }),
    ).toEqual({
      containerDefinitions: [
        {
          name: 'web',
          environment: [{ name: 'PASSWORD', value: '••••' }],
          secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:…' }],
          dockerLabels: { 'com.example.key': '••••' },
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': '/ecs/web', 'splunk-token': '••••' },
          },
          command: ['node', 'server.js'],
        },
      ],
    })
  })

  it('writes dates as texts and leaves the SDK’s own data out', () => {
    expect(
      maskSecrets({
        createdAt: new Date(0),
        broken: new Date(Number.NaN),
        $metadata: { requestId: 'x' },
        gone: undefined,
      }),
    ).toEqual({ createdAt: '1970-01-01T00:00:00.000Z', broken: null })
  })

  it('lets no environment value out, however it is shaped and nested', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constant([{ name: 'A', value: 'CANARY' }]),
          fc.constant([{ value: { deep: 'CANARY' } }]),
          fc.constant({ A: 'CANARY' }),
          fc.constant('CANARY'),
        ),
        fc.array(fc.constantFrom('containerDefinitions', 'overrides', 'x'), { maxLength: 4 }),
        (environment, path) => {
          const nested = path.reduce<unknown>((inner, key) => ({ [key]: [inner] }), { environment })
          expect(JSON.stringify(maskSecrets(nested))).not.toContain('CANARY')
        },
      ),
    )
  })
})
