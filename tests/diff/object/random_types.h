// Random types in C: those that a program was compiled against, and the same after some years.
#pragma once

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

namespace weir::difftest {

class RandomTypes {
 public:
  explicit RandomTypes(unsigned seed) : random_(seed) { make(); }

  // Declarations, and variables of all types.
  std::string object() const { return text(structs_, enums_, false); }
  // With members moved, removed, changed, wrapped into anonymous ones; enumerators likewise; some
  // structs twice, the second with a suffix.
  std::string target() {
    std::vector<Struct> structs = structs_;
    for (Struct& it : structs) mutate(it);
    std::vector<Enum> enums = enums_;
    for (Enum& it : enums) mutate(it);
    return text(structs, enums, true);
  }
  // A program for every question that can be asked of the object's types.
  std::string programs() const;

 private:
  struct Member {
    std::string name;
    std::string type;    // with @ in the place of the name
    std::string access;  // of a part of it: ".m1", "[1]"; may be empty
    bool scalar = false;
    bool wrapped = false;
  };
  struct Struct {
    std::string name;
    std::vector<Member> members;
  };
  struct Enum {
    std::string name;
    std::vector<std::pair<std::string, int>> rows;
  };

  static constexpr int kStructs = 4;
  static constexpr int kEnums = 2;

  unsigned below(unsigned limit) { return static_cast<unsigned>(random_()) % limit; }
  bool chance(unsigned percent) { return below(100) < percent; }
  void make();
  Member member(const std::string& name, unsigned structs);
  void mutate(Struct& it);
  void mutate(Enum& it);
  static std::string text(const std::vector<Struct>& structs, const std::vector<Enum>& enums,
                          bool target);
  static std::string declaration(const Struct& it, const std::string& name);

  std::mt19937 random_;
  std::vector<Struct> structs_;
  std::vector<Enum> enums_;
};

inline RandomTypes::Member RandomTypes::member(const std::string& name, unsigned structs) {
  static constexpr std::array kScalars = {"char @",
                                          "unsigned char @",
                                          "short @",
                                          "unsigned short @",
                                          "int @",
                                          "unsigned @",
                                          "long long @",
                                          "_Bool @",
                                          "unsigned long long @",
                                          "enum e0 @",
                                          "enum e1 @",
                                          "void *@",
                                          "number @",
                                          "const volatile int @",
                                          "int (*@)(struct s0 *)",
                                          "struct x *@",
                                          "unsigned @ : 3",
                                          "int @ : 11",
                                          "unsigned short @ : 9"};
  static constexpr std::array kArrays = {"char @[8]", "int @[3]", "unsigned short @[2][2]"};
  Member out = {.name = name, .type = {}, .access = {}};
  const unsigned kind = below(10);
  if (kind < 6 || (kind > 7 && structs == 0)) {
    out.type = kScalars.at(below(kScalars.size()));
    out.scalar = true;
  } else if (kind < 8) {
    out.type = kArrays.at(below(kArrays.size()));
    out.access = out.type.ends_with("][2]") ? "[1][1]" : "[1]";
  } else {
    const std::string inner = "s" + std::to_string(below(structs));
    out.type = "struct " + inner + (chance(30) ? " *@" : " @");
    out.scalar = out.type.ends_with("*@");
    if (!out.scalar) out.access = "." + inner + "m0";
  }
  return out;
}

inline void RandomTypes::make() {
  for (unsigned i = 0; i < kEnums; ++i) {
    const std::string name = "e" + std::to_string(i);
    enums_.push_back({.name = name, .rows = {}});
    for (int row = 0; row < 3; ++row) {
      enums_.back().rows.emplace_back(name + "_" + std::to_string(row),
                                      static_cast<int>(below(100)) - (i == 1 ? 50 : 0));
    }
  }
  for (unsigned i = 0; i < kStructs; ++i) {
    const std::string name = "s" + std::to_string(i);
    // The first aligns the struct: otherwise clang cannot say anything of its bit-fields.
    structs_.push_back(
        {.name = name,
         .members = {
             {.name = name + "m0", .type = "unsigned long long @", .access = {}, .scalar = true}}});
    const unsigned count = 3 + below(4);
    for (unsigned m = 1; m < count; ++m) {
      structs_.back().members.push_back(member(name + "m" + std::to_string(m), i));
    }
  }
}

inline void RandomTypes::mutate(Struct& it) {
  if (chance(25)) return;
  const auto number = static_cast<unsigned>(it.name.back() - '0');
  std::vector<Member> members;
  for (const Member& old : it.members) {
    if (chance(8)) continue;
    members.push_back(chance(20) ? member(old.name, number) : old);
    members.back().wrapped = chance(20);
    if (chance(15)) members.push_back({.name = old.name + "pad", .type = "long @", .access = {}});
  }
  if (chance(50)) std::shuffle(members.begin(), members.end(), random_);
  it.members = std::move(members);
}

inline void RandomTypes::mutate(Enum& it) {
  for (auto& [name, value] : it.rows) {
    if (chance(30)) value += static_cast<int>(below(1000));
    if (chance(10)) name += chance(50) ? "___old" : "gone";
  }
}

inline std::string RandomTypes::declaration(const Struct& it, const std::string& name) {
  std::string out = "struct " + name + " {\n";
  for (const Member& member : it.members) {
    std::string line = member.type;
    line.replace(line.find('@'), 1, member.name);
    line += ";";
    out += member.wrapped
               ? "  union { struct { char " + member.name + "before; " + line + " }; };\n"
               : "  " + line + "\n";
  }
  return out + "};\n";
}

inline std::string RandomTypes::text(const std::vector<Struct>& structs,
                                     const std::vector<Enum>& enums, bool target) {
  std::string out = target ? "typedef short number;\n" : "typedef int number;\n";
  std::string variables = "number a_number;\n";
  for (const Enum& it : enums) {
    out += "enum " + it.name + " {";
    for (const auto& [name, value] : it.rows) out += name + " = " + std::to_string(value) + ", ";
    out += "};\n";
    variables += "enum " + it.name + " v_" + it.name + ";\n";
  }
  out += "struct s0;\nstruct x;\n";
  for (const Struct& it : structs) {
    out += declaration(it, it.name);
    variables += "struct " + it.name + " v_" + it.name + ";\n";
    if (!target || it.members.size() % 3 != 0) continue;
    Struct other = it;
    std::rotate(other.members.begin(), other.members.begin() + 1, other.members.end());
    out += declaration(other, it.name + "___b");
    variables += "struct " + it.name + "___b w_" + it.name + ";\n";
  }
  return target ? out + variables : out;
}

inline std::string RandomTypes::programs() const {
  std::string out =
      "#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)\n" +
      object() + "#pragma clang attribute pop\n" +
      "char _license[] __attribute__((section(\"license\"), used)) = \"GPL\";\n";
  int count = 0;
  const auto ask = [&](const std::string& expression) {
    out += "__attribute__((section(\"socket\"), used)) int p" + std::to_string(count++) +
           "(void *c) { return (int)(unsigned long)(" + expression + "); }\n";
  };
  for (const Struct& it : structs_) {
    const std::string value = "*(struct " + it.name + " *)0";
    for (int what = 0; what < 3; ++what) {
      ask("__builtin_preserve_type_info(" + value + ", " + std::to_string(what) + ")");
    }
    for (const Member& member : it.members) {
      const std::string field = "((struct " + it.name + " *)0)->" + member.name;
      // Of arrays and structs clang does not say signs and shifts.
      const bool number = member.scalar && member.type.find('*') == std::string::npos;
      for (int what = 0; what < (number ? 6 : 3); ++what) {
        ask("__builtin_preserve_field_info(" + field + ", " + std::to_string(what) + ")");
      }
      if (!member.access.empty()) {
        for (int what = 0; what < 3; ++what) {
          ask("__builtin_preserve_field_info(" + field + member.access + ", " +
              std::to_string(what) + ")");
        }
      }
      if (member.scalar && member.type.find(':') == std::string::npos) {
        ask("((struct " + it.name + " *)c)->" + member.name);
      }
    }
  }
  for (const Enum& it : enums_) {
    for (int what = 0; what < 3; ++what) {
      ask("__builtin_preserve_type_info(*(enum " + it.name + " *)0, " + std::to_string(what) + ")");
    }
    for (const auto& [name, value] : it.rows) {
      for (int what = 0; what < 2; ++what) {
        ask("__builtin_preserve_enum_value(*(enum " + it.name + " *)" + name + ", " +
            std::to_string(what) + ")");
      }
    }
  }
  ask("__builtin_preserve_type_info(*(number *)0, 2)");
  return out;
}

}  // namespace weir::difftest
