import { expect, it } from 'vitest'
import { makePlaceOf, readHosts } from '@/lib/emulator/runtime/programs/preload-service-connect.cjs'

it('says where a port of the task is: inside, when the proxy has taken its place', () => {
  const placeOf = makePlaceOf({
    address: '127.10.0.12',
    innerAddress: '127.10.0.99',
    proxiedPorts: '3000,80',
  })
  expect([3000, '80', 8080, undefined].map(placeOf)).toEqual([
    '127.10.0.99',
    '127.10.0.99',
    '127.10.0.12',
    '127.10.0.12',
  ])
})

it('says the task for every port of a task without a proxy', () => {
  expect(makePlaceOf({ address: '127.10.0.12' })(3000)).toBe('127.10.0.12')
  expect(makePlaceOf({ address: '127.10.0.12', innerAddress: '127.10.0.99', proxiedPorts: '' })(0)).toBe(
    '127.10.0.12',
  )
})

it('reads the names of the task, and none where there are none', () => {
  expect([...readHosts('{"user-svc":"127.255.0.2"}')]).toEqual([['user-svc', '127.255.0.2']])
  expect([...readHosts(undefined)]).toEqual([])
})
