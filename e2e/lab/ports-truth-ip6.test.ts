import { ipv6, ipv6Plan, ipv6Proxyless, ipv6ProxylessPlan } from "./reach-faults-ip6";
import { describeHost, testCounts } from "./reach-trial";

const from = ["world", "outside", "host", "web", "web2", "db", "secret"];

describeHost(ipv6Plan, ipv6, from);
describeHost(ipv6ProxylessPlan, ipv6Proxyless, from);
testCounts();
