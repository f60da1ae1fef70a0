// The desk's one script. Every page works without it; see the parts below for what it adds.
document.documentElement.classList.add("js");
