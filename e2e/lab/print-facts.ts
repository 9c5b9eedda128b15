/**
 * Prints what Vethscope gathers here, with whatever rights and tools this process has, as a facts file.
 * `print-facts.ts [PID]`: through the namespaces of that process.
 */
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";

const [through] = process.argv.slice(2);
const transport = await local(through === undefined ? {} : { through: Number(through) });
const facts = await gather(transport, { host: "lab" });
process.stdout.write(JSON.stringify(facts));
