import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FaultMistake, parseFault } from '@/lib/emulator/control/parse-fault'

const parse = (value: unknown) => parseFault(JSON.stringify(value), 'id-1')

describe('a fault that is told', () => {
  it('hits the next call once when no more is said', () => {
    expect(parse({ operation: 'ecs:CreateService', kind: 'drop-answer' })).toEqual({
      id: 'id-1',
      operation: 'ecs:CreateService',
      times: 1,
      skip: 0,
      kind: 'drop-answer',
    })
  })

  it('may stay until it is cleared', () => {
    expect(parse({ operation: '*', kind: 'deny', times: null })).toMatchObject({ times: null })
  })

  it('carries what its kind needs', () => {
    expect(
      parse({ operation: 'ecs:*', kind: 'error', code: 'ServerException', message: 'Oh', status: 500 }),
    ).toMatchObject({ code: 'ServerException', message: 'Oh', status: 500 })
    expect(parse({ operation: 'ecs:*', kind: 'error', code: 'X' })).toMatchObject({
      message: '',
      status: 400,
    })
    expect(parse({ operation: 'ecs:*', kind: 'delay', ms: 20 })).toMatchObject({ ms: 20 })
    expect(
      parse({
        operation: 'servicediscovery:*',
        kind: 'fail-operation',
        errorCode: 'ACCESS_DENIED',
        errorMessage: 'No',
      }),
    ).toMatchObject({ errorCode: 'ACCESS_DENIED', errorMessage: 'No' })
  })

  it.each([
    [{ kind: 'deny' }, 'operation'],
    [{ operation: 'CreateService', kind: 'deny' }, 'operation'],
    [{ operation: 'ecs:Create*', kind: 'deny' }, 'operation'],
    [{ operation: 'ecs:*' }, 'kind'],
    [{ operation: 'ecs:*', kind: 'explode' }, 'kind'],
    [{ operation: 'ecs:*', kind: 'deny', times: 0 }, 'times'],
    [{ operation: 'ecs:*', kind: 'deny', times: 1.5 }, 'times'],
    [{ operation: 'ecs:*', kind: 'deny', skip: -1 }, 'skip'],
    [{ operation: 'ecs:*', kind: 'deny', skip: '1' }, 'skip'],
    [{ operation: 'ecs:*', kind: 'deny', ms: 1 }, 'ms'],
    [{ operation: 'ecs:*', kind: 'delay' }, 'ms'],
    [{ operation: 'ecs:*', kind: 'error', status: 500 }, 'code'],
    [{ operation: 'ecs:*', kind: 'error', code: 'X', status: 200 }, 'status'],
    [{ operation: 'ecs:*', kind: 'fail-operation', errorCode: 'a b' }, 'errorCode'],
    [[], 'object'],
    [null, 'object'],
  ])('%j is refused, and the sentence names %s', (value, named) => {
    expect(() => parse(value)).toThrow(FaultMistake)
    expect(() => parse(value)).toThrow(named)
  })

  it('is a fault or a mistake, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        try {
          parseFault(body, 'x')
        } catch (error) {
          expect(error).toBeInstanceOf(FaultMistake)
        }
      }),
    )
  })
})
