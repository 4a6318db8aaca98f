/** launch.js: a learning environment opened this page: remember which attempt to go on with, and go to the case. */

import { comforts, device } from "./page.js";

comforts(document, document.documentElement);
const link = document.getElementById("casework-launch");
const { case: name, attempt, back } = link.dataset;
// Another launch may have left a half-made choice here, that belongs to another attempt.
if (device.get(`attempt:${name}`) !== attempt) device.forget(name);
device.set(`attempt:${name}`, attempt);
if (back) device.set("back", back, "sessionStorage");
// Not a new line in the history: going back must lead to the learning environment, and not launch again.
location.replace(link.href);
