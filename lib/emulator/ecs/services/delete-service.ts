import type { DeleteServiceRequest, DeleteServiceResponse } from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import type { Wire } from '../../wire/wire-type'
import { requireCluster } from '../clusters/find-cluster'
import { invalidParameter, serviceNotFound } from '../errors'
import { requireService } from './find-service'
import { serviceView } from './service-view'

/** To DRAINING: its tasks are stopped, then it is INACTIVE. Deleting it again while it drains changes nothing. */
export const deleteService: Operation<DeleteServiceRequest, Wire<DeleteServiceResponse>> = (
  context,
  input,
) => {
  const cluster = requireCluster(context, input.cluster)
  const service = requireService(context, cluster, input.service ?? '')
  if (service.status === 'INACTIVE') throw serviceNotFound()
  const replica = service.settings.schedulingStrategy !== 'DAEMON'
  if (service.status === 'ACTIVE') {
    if (replica && service.desiredCount > 0 && !input.force)
      throw invalidParameter('The service cannot be stopped while it is scaled above 0.')
    service.status = 'DRAINING'
    service.desiredCount = 0
    service.steadySinceMs = undefined
    context.state.ecs.woken.services.add(service)
    context.wakeScheduler(context.scope)
  }
  return { service: serviceView(context, service, false) }
}
