import type { Operation } from '@aws-sdk/client-servicediscovery'
import { describe, expect, it } from 'vitest'
import { operationAdvice } from '@/lib/plan/advice'
import { lookAtOperation } from '@/lib/plan/waits/operation'

describe('an operation of Cloud Map', () => {
  it.each<[Operation | undefined, string]>([
    [{ Status: 'SUCCESS' }, 'done'],
    [{ Status: 'SUBMITTED', Type: 'CREATE_NAMESPACE' }, 'Cloud Map to make the namespace (SUBMITTED)'],
    [{ Status: 'PENDING', Type: 'DELETE_NAMESPACE' }, 'Cloud Map to delete the namespace (PENDING)'],
    [{ Status: 'PENDING', Type: 'UPDATE_NAMESPACE' }, 'Cloud Map to change the namespace (PENDING)'],
    [{ Status: 'PENDING', Type: 'UPDATE_SERVICE' }, 'Cloud Map to change the discovery service (PENDING)'],
    [{ Status: 'PENDING', Type: 'REGISTER_INSTANCE' }, 'Cloud Map to register the instance (PENDING)'],
    [{ Status: 'PENDING', Type: 'DEREGISTER_INSTANCE' }, 'Cloud Map to deregister the instance (PENDING)'],
    [{ Status: 'PENDING' }, 'Cloud Map to finish (PENDING)'],
    [{}, 'Cloud Map to finish (SUBMITTED)'],
    [undefined, 'Cloud Map to finish (SUBMITTED)'],
  ])('%j: %s', (operation, wanted) => {
    const look = lookAtOperation(operation)
    expect(look.state === 'waiting' ? look.words : look.state).toBe(wanted)
  })

  it.each(Object.entries(operationAdvice))(
    'that ended in FAIL with %s says what it means',
    (code, advice) => {
      const look = lookAtOperation({ Status: 'FAIL', ErrorCode: code, ErrorMessage: 'AWS says so' })
      expect(look).toEqual({
        state: 'failed',
        nothingMade: true,
        error: { code, message: `AWS says so. ${advice.means}`, remedy: advice.remedy },
      })
    },
  )

  it('that failed with a code nobody knows names itself, to look it up', () => {
    const look = lookAtOperation({ Id: 'op-7', Status: 'FAIL', ErrorCode: 'NEW_CODE' })
    expect(look).toMatchObject({ state: 'failed', error: { code: 'NEW_CODE' } })
    expect(look.state === 'failed' && look.error.remedy).toContain('op-7')
  })

  it('that failed without a code has one all the same', () => {
    expect(lookAtOperation({ Status: 'FAIL' })).toMatchObject({
      state: 'failed',
      error: { code: 'OperationFailed', message: 'The operation of Cloud Map failed.' },
    })
  })
})
