#include "object/c_type.h"

#include <fmt/format.h>

namespace weir::object {
namespace {

constexpr std::size_t kLongest = 4096;
// Pointers may lead to themselves in a damaged file.
constexpr int kMostSteps = 256;

// Works from the name outwards: what stands at the name ("*name[3]") grows on both sides until the
// type that it is made of is reached.
class Declarator {
 public:
  Declarator(const Btf& btf, std::string_view name, bool with_parameters)
      : btf_(btf), text_(name), with_parameters_(with_parameters) {}

  std::string spell(BtfId id) {
    for (int i = 0; i < kMostSteps && text_.size() < kLongest; ++i) {
      const BtfType& type = btf_.type(id);
      if (!wrap(id, type)) return qualifiers_ + base(type) + join();
      id = type.kind == BtfKind::kArray ? btf_.array(id).element : type.target;
    }
    return "..." + join();
  }

 private:
  std::string join() const {
    const bool close = text_.empty() || text_.front() == '[';
    return close ? text_ : " " + text_;
  }

  // Adds what the type puts around the name; false for one that stands in front of it.
  bool wrap(BtfId id, const BtfType& type) {
    switch (type.kind) {
      case BtfKind::kPointer:
        text_ = "*" + pointer_qualifiers() + text_;
        return true;
      case BtfKind::kArray:
        parenthesise();
        text_ += fmt::format("[{}]", btf_.array(id).count);
        return true;
      case BtfKind::kPrototype:
        parenthesise();
        text_ += "(" + parameters(id) + ")";
        return true;
      case BtfKind::kConst:
      case BtfKind::kVolatile:
      case BtfKind::kRestrict:
        qualify(kind_info(type.kind).word);
        return true;
      case BtfKind::kTypeTag:
      case BtfKind::kFunction:
      case BtfKind::kVariable:
      case BtfKind::kDeclTag:
        return true;
      default:
        return false;
    }
  }

  // Compilers write `const` twice for an array of constants.
  void qualify(std::string_view word) {
    if (qualifiers_.find(word) != std::string::npos) return;
    qualifiers_ = fmt::format("{} {}", word, qualifiers_);
  }

  // Qualifiers in front of a pointer belong to it, and stand behind its star.
  std::string pointer_qualifiers() {
    std::string out = std::exchange(qualifiers_, {});
    if (text_.empty() || text_.front() == '[') out = out.substr(0, out.find_last_not_of(' ') + 1);
    return out;
  }

  void parenthesise() {
    if (text_.starts_with('*')) text_ = "(" + text_ + ")";
  }

  std::string parameters(BtfId id) const {
    const auto rows = btf_.parameters(id);
    if (rows.empty()) return "void";
    if (!with_parameters_) return "...";
    std::string out;
    for (const BtfParameter& row : rows) {
      if (out.size() > kLongest) return out + ", ...";
      if (!out.empty()) out += ", ";
      const bool rest = row.type == kVoidId && row.name.empty();
      out += rest ? "..." : Declarator(btf_, {}, false).spell(row.type);
    }
    return out;
  }

  static std::string base(const BtfType& type) {
    std::string_view word;
    if (is_composite(type.kind) || is_enum(type.kind)) word = kind_info(type.kind).word;
    if (type.kind == BtfKind::kForward) word = type.flag ? "union" : "struct";
    if (type.kind == BtfKind::kVoid) return "void";
    if (word.empty()) return std::string(type.name);
    return fmt::format("{} {}", word, type.name.empty() ? "(anonymous)" : type.name);
  }

  const Btf& btf_;
  std::string text_;
  std::string qualifiers_;
  bool with_parameters_;
};

}  // namespace

std::string c_declaration(const Btf& btf, BtfId id, std::string_view name) {
  return Declarator(btf, name, true).spell(id);
}

std::string c_spelling(const Btf& btf, BtfId id) { return c_declaration(btf, id, {}); }

}  // namespace weir::object
