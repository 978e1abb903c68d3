import type { PortMapping, ServiceConnectService } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { readEntries } from '@/lib/emulator/service-connect/read-entries'

const read = (service: ServiceConnectService, port: Partial<PortMapping> = {}) => {
  const containers = [
    { name: 'helper', image: 'helper' },
    { name: 'app', image: 'app', portMappings: [{ name: 'http', containerPort: 3000, ...port }] },
  ]
  return readEntries({ enabled: true, services: [service] }, containers, 'shop.local')[0]
}

describe('what an entry leaves out', () => {
  it('is the name of the port, the name in the namespace, and the container port', () => {
    expect(read({ portName: 'http' })).toEqual({
      portName: 'http',
      discoveryName: 'http',
      alias: 'http.shop.local',
      aliasPort: 3000,
      containerPort: 3000,
      ingressPort: 3000,
      protocol: 'tcp',
      timeouts: { idleTimeoutMs: 3_600_000, perRequestTimeoutMs: 0 },
      idleTimeoutSeconds: 0,
      perRequestTimeoutSeconds: 0,
      tls: false,
    })
  })

  it('is the discovery name in the namespace when only the alias has a port', () => {
    expect(read({ portName: 'http', discoveryName: 'api', clientAliases: [{ port: 80 }] })).toMatchObject({
      alias: 'api.shop.local',
      aliasPort: 80,
    })
  })

  it.each(['http', 'http2', 'grpc'] as const)(
    'is 15 s for a request and 5 min idle with %s',
    (appProtocol) => {
      expect(read({ portName: 'http' }, { appProtocol })).toMatchObject({
        protocol: appProtocol,
        timeouts: { idleTimeoutMs: 300_000, perRequestTimeoutMs: 15_000 },
      })
    },
  )
})

describe('what an entry says', () => {
  it('holds', () => {
    const service = {
      portName: 'http',
      clientAliases: [{ port: 80, dnsName: 'user-svc' }],
      ingressPortOverride: 3900,
      timeout: { idleTimeoutSeconds: 20, perRequestTimeoutSeconds: 7 },
      tls: { issuerCertificateAuthority: { awsPcaAuthorityArn: 'arn' } },
    }
    expect(read(service, { appProtocol: 'http' })).toMatchObject({
      alias: 'user-svc',
      aliasPort: 80,
      containerPort: 3000,
      ingressPort: 3900,
      timeouts: { idleTimeoutMs: 20_000, perRequestTimeoutMs: 7_000 },
      idleTimeoutSeconds: 20,
      perRequestTimeoutSeconds: 7,
      tls: true,
    })
  })

  it('is no time limit when it says 0', () => {
    const timeout = { idleTimeoutSeconds: 0, perRequestTimeoutSeconds: 0 }
    expect(read({ portName: 'http', timeout }, { appProtocol: 'http' })?.timeouts).toEqual({
      idleTimeoutMs: 0,
      perRequestTimeoutMs: 0,
    })
  })
})

it('an entry for a port that is not there is left out', () => {
  expect(read({ portName: 'web' })).toBeUndefined()
  expect(read({ portName: 'http' }, { name: undefined })).toBeUndefined()
})
