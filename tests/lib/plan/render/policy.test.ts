import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Plan } from '@/lib/plan/plan'
import { renderPolicy } from '@/lib/plan/render/policy'
import { planStep } from '@/lib/plan/step'
import { hostileText } from '../../../support/hostile-text'
import { demoPlan, planOf } from '../../../support/sample-plans'

const schema = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Sid: z.string().regex(/^[A-Za-z0-9]+$/),
      Effect: z.literal('Allow'),
      Action: z.array(z.string()).min(1),
      Resource: z.union([z.literal('*'), z.array(z.string()).min(1)]),
      Condition: z.unknown().optional(),
    }),
  ),
})
const statements = (plan: Plan) => schema.parse(JSON.parse(renderPolicy(plan))).Statement

const serviceArn = 'arn:aws:ecs:us-east-1:000000000000:service/default/web'
const scale = (service: string, id = 'scale') =>
  planStep(
    { command: 'ecs:UpdateService', input: { cluster: 'default', service, desiredCount: 3 } },
    { id, sentence: 'Scale.' },
  )

describe('the IAM policy of a plan', () => {
  it('allows every permission that a step needs, once', () => {
    const plan = demoPlan()
    const actions = statements(plan).flatMap(({ Action }) => Action)
    expect([...actions].sort()).toEqual([...new Set(plan.steps.flatMap((step) => step.permissions))].sort())
  })

  it('groups them by what they touch, changes apart from reads', () => {
    expect(statements(demoPlan()).map(({ Sid }) => Sid)).toEqual([
      'CloudMapChanges',
      'CloudMapReads',
      'EcsChanges',
      'EcsReads',
      'HostedZonesChanges',
      'HostedZonesReads',
      'NetworkReads',
    ])
  })

  it('names the resource where the plan does and IAM can', () => {
    expect(statements(planOf('Scale', [scale(serviceArn)]))).toEqual([
      { Sid: 'EcsChanges', Effect: 'Allow', Action: ['ecs:UpdateService'], Resource: [serviceArn] },
      { Sid: 'EcsReads', Effect: 'Allow', Action: ['ecs:DescribeServices'], Resource: [serviceArn] },
    ])
  })

  it('asks for all resources where one of the calls needs that', () => {
    const plan = planOf('Scale', [scale(serviceArn), scale('by-name', 'other')])
    expect(statements(plan).map(({ Resource }) => Resource)).toEqual(['*', '*'])
  })

  it('passes only the roles of the plan, and only to ECS', () => {
    const step = planStep(
      {
        command: 'ecs:RegisterTaskDefinition',
        input: {
          family: 'web',
          containerDefinitions: [],
          taskRoleArn: 'arn:aws:iam::111122223333:role/web',
          executionRoleArn: 'ecsTaskExecutionRole',
        },
      },
      { id: 'task', sentence: 'Register web.' },
    )
    expect(statements(planOf('Web', [step])).at(-1)).toEqual({
      Sid: 'PassRoles',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: ['arn:aws:iam::*:role/ecsTaskExecutionRole', 'arn:aws:iam::111122223333:role/web'],
      Condition: { StringLike: { 'iam:PassedToService': 'ecs*.amazonaws.com' } },
    })
  })

  it('never lets a name become a pattern', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const arn = `${serviceArn}${text}`
        const [{ Resource } = { Resource: '*' }] = statements(planOf('Scale', [scale(arn)]))
        const [resource = ''] = Resource
        expect(resource.replace(/\$\{([*?$])\}/g, '$1')).toBe(arn)
        expect(resource.replace(/\$\{[*?$]\}/g, '')).not.toMatch(/[*?$]/)
      }),
      { numRuns: 500 },
    )
  })
})
