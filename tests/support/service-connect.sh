# The Service Connect example of the notes by the AWS CLI alone: payment-service calls http://user-svc:80, which user-service answers on 3000.
# Usage: sh service-connect.sh PORT FOLDER (with the two task definitions and the configurations)
set -eu
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
export AWS_ENDPOINT_URL="http://local@127.0.0.1:$1"
cd "$2"

aws ecs create-cluster --cluster-name shop --service-connect-defaults namespace=shop.local --query cluster.serviceConnectDefaults
for NAME in user-service payment-service; do
  aws ecs register-task-definition --cli-input-json "file://$NAME.json" --query taskDefinition.revision
done
if REFUSED=$(aws ecs create-service --cluster shop --service-name user-service --task-definition user-service --desired-count 2 \
  --launch-type FARGATE --service-connect-configuration file://wrong-port.json 2>&1); then
  echo "a wrong portName was taken"
  exit 1
fi
echo "refused: $(echo "$REFUSED" | tr '\n' ' ')"
aws ecs create-service --cluster shop --service-name user-service --task-definition user-service --desired-count 2 \
  --launch-type FARGATE --service-connect-configuration file://user-svc.json --query service.status
aws ecs create-service --cluster shop --service-name payment-service --task-definition payment-service --desired-count 1 \
  --launch-type FARGATE --service-connect-configuration enabled=true --query service.status
aws ecs wait services-stable --cluster shop --services user-service payment-service
echo "endpoint: $(aws ecs describe-services --cluster shop --services user-service \
  --query 'services[0].deployments[0].serviceConnectResources[0].discoveryName' --output text)"
echo "instances: $(aws servicediscovery discover-instances --namespace-name shop.local --service-name user --query 'length(Instances)')"
until ANSWER=$(aws logs filter-log-events --log-group-name /local/shop/payment-service --filter-pattern answered \
  --query 'events[0].message' --output text) && [ "$ANSWER" != None ]; do :; done
echo "payment-service: $ANSWER"
for NAME in payment-service user-service; do
  aws ecs delete-service --cluster shop --service "$NAME" --force --query service.status
  aws ecs wait services-inactive --cluster shop --services "$NAME"
done
until [ "$(aws servicediscovery list-services --query 'length(Services)')" = 0 ]; do :; done
echo "left in Cloud Map: $(aws servicediscovery list-services --query 'length(Services)') services"
