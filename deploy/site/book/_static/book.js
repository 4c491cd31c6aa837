// For the keyboard and for screen readers: what scrolls sideways can be reached, and the lists have names of their own.

const SCROLLS = "pre, math[display=block], .cell_output, .table-wrapper";

const reach = () => document.querySelectorAll(SCROLLS).forEach((box) => {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
});

document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "All pages");
document.querySelector(".toc-drawer")?.setAttribute("aria-label", "This page");
document.addEventListener("toggle", reach, true); // a fold was opened
addEventListener("resize", reach);
reach();
