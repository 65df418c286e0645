// Small helps on every page. Every page works without them.
document.documentElement.classList.add("js");
