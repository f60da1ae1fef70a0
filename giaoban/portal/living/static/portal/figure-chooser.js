// Puts a figure of a public report into a sentence of the editor: a chooser, and how it looks there.
(() => {
  const { React, draftail, DraftJS } = window;
  const ENTITY = "FIGURE";

  function told(form) {
    return new URLSearchParams(new FormData(form));
  }

  const ONLOAD = {
    choose(modal) {
      const body = modal.body[0];
      const form = body.querySelector("form[data-figures]");
      const list = body.querySelector("[data-figures-found]");
      let timer;
      let asked = 0;
      async function find(more) {
        const mine = ++asked;
        const words = told(form);
        words.set("chi-danh-sach", "1");
        if (more) words.set("trang", more);
        const answer = await fetch(`${form.action}?${words}`, { credentials: "same-origin" });
        const found = await answer.text();
        if (mine === asked) list.innerHTML = found;
      }
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        find();
      });
      form.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(find, 250);
      });
      list.addEventListener("click", (event) => {
        const other = event.target.closest("[data-figures-page]");
        if (other) {
          find(other.dataset.figuresPage);
          return;
        }
        const chosen = event.target.closest("[data-figure]");
        if (chosen && !chosen.disabled) {
          modal.respond("figureChosen", { ...chosen.dataset });
        }
      });
      form.querySelector("input[type=search]").focus();
    },
  };

  class FigureSource extends draftail.ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.figureChooser,
        urlParams: {},
        onload: ONLOAD,
        responses: { figureChosen: this.onChosen },
      };
    }

    filterEntityData(data) {
      return { issue: data.issue, address: data.address, text: data.text, said: data.said };
    }

    onChosen(data) {
      const { editorState, entityType, onComplete } = this.props;
      const kept = this.filterEntityData(data);
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "IMMUTABLE", kept);
      const put = DraftJS.Modifier.replaceText(
        content,
        editorState.getSelection(),
        kept.text,
        null,
        content.getLastCreatedEntityKey(),
      );
      this.workflow.close();
      onComplete(DraftJS.EditorState.push(editorState, put, "insert-characters"));
    }
  }

  // Wagtail draws its icons from a sprite in the page.
  const icon = React.createElement(
    "svg",
    { className: "icon icon-table TooltipEntity__icon", "aria-hidden": "true" },
    React.createElement("use", { href: "#icon-table" }),
  );

  function Figure(props) {
    const { said } = props.contentState.getEntity(props.entityKey).getData();
    return React.createElement(
      draftail.TooltipEntity,
      { ...props, icon, label: said || "", url: "" },
      props.children,
    );
  }

  draftail.registerPlugin(
    { type: ENTITY, source: FigureSource, decorator: Figure },
    "entityTypes",
  );
  window.FIGURE_CHOOSER_ONLOAD = ONLOAD;
})();
