import { describe, expect, it } from 'vitest'
import { permissionLine } from '@/components/plan/permission-line'
import { threeStepPlan } from '../../support/made-up-runs'

const [namespace] = threeStepPlan.steps
if (!namespace) throw new Error('the plan has a first step')

const denied = (message: string) => ({ code: 'AccessDeniedException', message, remedy: '' })

describe('the permission to add', () => {
  it('is the action that AWS refused, as a statement that parses', () => {
    const line = permissionLine(
      namespace,
      denied('User: x is not authorized to perform: servicediscovery:CreateHttpNamespace on resource: *'),
    )
    expect(JSON.parse(line ?? '')).toEqual({
      Effect: 'Allow',
      Action: ['servicediscovery:CreateHttpNamespace'],
      Resource: '*',
    })
  })

  it('is all that the step needs when AWS names none', () => {
    expect(JSON.parse(permissionLine(namespace, denied('Access denied.')) ?? '')).toMatchObject({
      Action: namespace.permissions,
    })
  })

  it('is not offered for another failure', () => {
    expect(
      permissionLine(namespace, { code: 'ThrottlingException', message: 'Rate exceeded', remedy: '' }),
    ).toBe(null)
  })
})
