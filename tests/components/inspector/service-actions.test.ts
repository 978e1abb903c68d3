import { describe, expect, it } from 'vitest'
import { readFailure } from '@/components/inspector/service-actions'

describe('readFailure', () => {
  it('is nothing when it went well', () => {
    expect(readFailure({ data: { ok: true } })).toBeNull()
    expect(readFailure(undefined)).toBeNull()
    expect(readFailure({ data: undefined, serverError: undefined })).toBeNull()
  })
  it('takes code, message and remedy as the server says them', () =>
    expect(
      readFailure({
        serverError: { code: 'Changed', message: 'Somebody scaled it.', remedy: 'Look again.' },
      }),
    ).toEqual({
      title: 'Changed',
      message: 'Somebody scaled it.',
      remedy: 'Look again.',
    }))
  it('takes a plain sentence', () =>
    expect(readFailure({ serverError: 'No.' })).toEqual({
      title: 'It was not done',
      message: 'No.',
      remedy: null,
    }))
  it('never hides a failure that has no words', () => {
    expect(readFailure({ serverError: {} })?.message).toBe('The console gave no reason.')
    expect(readFailure({ serverError: 7 })?.message).toBe('7')
  })
  it('finds the first sentence among validation errors', () =>
    expect(readFailure({ validationErrors: { desiredCount: { _errors: ['Too many.'] } } })).toMatchObject({
      title: 'The input was refused',
      message: 'Too many.',
    }))
  it('says something even when validation says nothing', () =>
    expect(readFailure({ validationErrors: {} })?.message).toBe('It is not valid.'))
})
