import { describe, expect, it } from 'vitest'
import { makeArn, parseArn } from '@/lib/emulator/arn'

describe('an ARN', () => {
  it('is put together and taken apart again', () => {
    const arn = makeArn('ecs', { accountId: '111122223333', region: 'us-east-1' }, 'task/default/abc')
    expect(arn).toBe('arn:aws:ecs:us-east-1:111122223333:task/default/abc')
    expect(parseArn(arn)).toEqual({
      partition: 'aws',
      service: 'ecs',
      region: 'us-east-1',
      accountId: '111122223333',
      resource: 'task/default/abc',
    })
  })

  it.each([
    '',
    'nonsense',
    'arn:aws:ecs',
    'arn:aws:ecs:us-east-1:1:cluster/a',
    'arn:aws:ecs:us-east-1:111122223333:',
  ])('is not %j', (text) => {
    expect(parseArn(text)).toBeUndefined()
  })
})
