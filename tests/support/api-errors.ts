import { ApiError } from '@/lib/emulator/wire/api-error'

/** Runs what must fail with an AWS error and gives that error back. */
export function errorOf(action: () => unknown): ApiError {
  try {
    action()
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}

/** The AWS error code of what must fail; undefined when it does not. */
export function codeOf(action: () => unknown): string | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error.code
    throw error
  }
}
