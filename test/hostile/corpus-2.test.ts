import { describeCorpus } from "./corpus.js";

describeCorpus(1, 2);
