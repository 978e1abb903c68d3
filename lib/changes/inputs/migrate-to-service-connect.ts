import { z } from 'zod'
import { clusterArn, serviceArn } from '../fields/arn'
import { port } from '../fields/container'
import { ecsName } from '../fields/text'
import { connectClients } from './service-connect'

/**
 * Input of `migrate-to-service-connect`. `move` lets the name that callers use today lead through Service Connect; `finish` takes the
 * registry away once nobody resolves it any more. Between the two, both ways work.
 */
export const migrateInput = z.discriminatedUnion('part', [
  z.object({
    part: z.literal('move'),
    clusterArn,
    serviceArn,
    container: ecsName('container'),
    containerPort: port,
    /** Of a port that has no name yet; empty: plain TCP. */
    appProtocol: z.enum(['', 'http', 'http2', 'grpc']),
    makeRoom: z.boolean(),
    clients: connectClients,
  }),
  z.object({
    part: z.literal('finish'),
    clusterArn,
    serviceArn,
    /** Delete the discovery service too, when nobody else registers there. */
    deleteDiscoveryService: z.boolean(),
  }),
])

export type MigrateInput = z.infer<typeof migrateInput>
